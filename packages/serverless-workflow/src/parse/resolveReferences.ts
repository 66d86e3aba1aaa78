import { Workflow, WorkflowPart } from '../model';
import { readParts, WORKFLOW_PARTS } from './readParts';
import { SourceDocument } from './SourceDocument';
import { SourceElement } from './SourceElement';
import { Finding } from './SourceProblem';
import { SourceNode } from './SourceNode';

/** Gives the text of the file or address that a definition refers to. @public */
export type ResourceLookup = (uri: string) => string | undefined;

/** @public */
export interface ResolvedWorkflow {
  workflow: Workflow;
  findings: Finding[];
}

/**
 * Fills in the parts that a definition keeps in files of their own, such as
 * `functions: "functions.json"`. The specification puts such a part into a field of its name;
 * constants are the whole file.
 *
 * @public
 */
export function resolveReferences(
  workflow: Workflow,
  lookup: ResourceLookup,
): ResolvedWorkflow {
  const resolved: Workflow = { ...workflow };
  const findings: Finding[] = [];
  for (const part of WORKFLOW_PARTS) {
    const uri = workflow.references[part];
    if (uri === undefined) continue;
    const { value, problems } = readPart(part, uri, lookup(uri));
    Object.assign(resolved, value);
    findings.push(
      ...problems.map(message => ({
        severity: 'error' as const,
        code: 'reference',
        message: `${uri}: ${message}`,
        path: `/${part}`,
      })),
    );
  }
  return { workflow: resolved, findings };
}

function readPart(
  part: WorkflowPart,
  uri: string,
  text: string | undefined,
): { value?: Partial<Workflow>; problems: string[] } {
  if (text === undefined) return { problems: ['there is no such file.'] };
  const document = SourceDocument.read(text, { fileName: uri });
  if (!document.root) {
    return { problems: document.problems.map(atLine) };
  }
  const findings: Finding[] = [];
  const element = new SourceElement(asField(part, document.root), '', findings);
  const value = { [part]: readParts(element)[part] };
  return {
    value,
    problems: [
      ...document.problems.map(atLine),
      ...findings.map(({ message }) => message),
    ],
  };
}

function atLine({ message, line }: { message: string; line: number }): string {
  return `${message} (line ${line})`;
}

function asField(part: WorkflowPart, root: SourceNode): SourceNode {
  const holdsPart =
    root.kind === 'object' && root.fields.some(({ key }) => key === part);
  if (holdsPart && part !== 'constants') return root;
  const field = { key: part, keySpan: root.span, value: root };
  return { kind: 'object', fields: [field], span: root.span };
}
