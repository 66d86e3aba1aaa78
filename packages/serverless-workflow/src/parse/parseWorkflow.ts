import { Workflow } from '../model';
import { noteUnknownFields } from './noteUnknownFields';
import { readWorkflow } from './readWorkflow';
import { SourceDocument, SourceFormat, SourceOptions } from './SourceDocument';
import { SourceElement } from './SourceElement';
import { Finding, SourceProblem, SourceRange } from './SourceProblem';

/** What became of the text of a definition. @public */
export interface ParsedWorkflow {
  /**
   * The definition as far as it could be read. With errors among the problems parts of it are
   * missing: fit to be looked at, not to be deployed or checked further.
   */
  workflow?: Workflow;
  format: SourceFormat;
  /** In the order of the text. */
  problems: SourceProblem[];
  /**
   * The place of what stands at a JSON Pointer of the model, or of what surrounds it when the text
   * does not have it; undefined when the text can't be read.
   */
  locate(path: string): SourceRange | undefined;
  /** Adds its place to a finding about the model. */
  place(finding: Finding): SourceProblem;
}

/**
 * Reads a Serverless Workflow 0.8 definition from JSON or YAML as leniently as SonataFlow does.
 * Never throws, whatever the text is: what is wrong with it is among the problems. Whether the
 * workflow makes sense is for `validateWorkflow` to say.
 *
 * @public
 */
export function parseWorkflow(
  text: string,
  options: SourceOptions = {},
): ParsedWorkflow {
  const document = SourceDocument.read(text, options);
  const findings: Finding[] = [];
  const root = document.root && new SourceElement(document.root, '', findings);
  const workflow = root && readWorkflow(root);
  if (root) noteUnknownFields(root);
  const problems = [
    ...document.problems,
    ...findings.map(finding => document.place(finding)),
  ];
  return {
    ...(workflow ? { workflow } : {}),
    format: document.format,
    problems: problems.sort(byPlace),
    locate: path => document.locate(path),
    place: finding => document.place(finding),
  };
}

function byPlace(a: SourceProblem, b: SourceProblem): number {
  return a.line - b.line || a.column - b.column;
}
