import { lintWorkflow } from '../lint';
import { Workflow } from '../model';
import {
  Finding,
  parseWorkflow,
  resolveReferences,
  SourceOptions,
  SourceProblem,
  SourceRange,
} from '../parse';
import { ValidateOptions, validateWorkflow } from '../validate';

/** @public */
export interface CheckOptions extends SourceOptions, ValidateOptions {}

/** @public */
export interface CheckedWorkflow {
  /**
   * With its references resolved, when the definition could be read without errors, else as far as it
   * could be read.
   */
  workflow?: Workflow;
  /** No problem is an error. */
  isDeployable: boolean;
  /** In the order of the text. */
  problems: SourceProblem[];
  /** See `ParsedWorkflow`. */
  locate(path: string): SourceRange | undefined;
  /** See `ParsedWorkflow`. */
  place(finding: Finding): SourceProblem;
}

/**
 * Everything that there is to say about one definition: reads it, resolves what it refers to,
 * validates and lints it. Each step needs the one before it to have found no error. Never throws.
 *
 * @public
 */
export function checkWorkflow(
  text: string,
  options: CheckOptions = {},
): CheckedWorkflow {
  const parsed = parseWorkflow(text, options);
  const { locate, place } = parsed;
  const isReadable = parsed.workflow && !parsed.problems.some(isError);
  const { workflow, findings } =
    parsed.workflow && isReadable
      ? checkModel(parsed.workflow, options)
      : { workflow: parsed.workflow, findings: [] };
  const problems = [...parsed.problems, ...findings.map(place)].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  return {
    ...(workflow ? { workflow } : {}),
    isDeployable: workflow !== undefined && !problems.some(isError),
    problems,
    locate,
    place,
  };
}

function checkModel(
  model: Workflow,
  options: CheckOptions,
): { workflow: Workflow; findings: Finding[] } {
  const { workflow, findings } = resolveReferences(
    model,
    options.lookup ?? (() => undefined),
  );
  if (findings.some(isError)) return { workflow, findings };
  return {
    workflow,
    findings: [
      ...findings,
      ...validateWorkflow(workflow, options),
      ...lintWorkflow(workflow),
    ],
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
