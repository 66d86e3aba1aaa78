import { Workflow } from '../model';
import { Finding, parseWorkflow } from '../parse';

/** A workflow from YAML for tests; the text has to be readable. */
export function workflowOf(yaml: string): Workflow {
  const { workflow, problems } = parseWorkflow(yaml, { format: 'yaml' });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!workflow || errors.length > 0) {
    throw new Error(errors.map(({ message }) => message).join('\n'));
  }
  return workflow;
}

/** Findings as short lines: place, code and text. */
export function summaryOf(findings: Finding[]): string[] {
  return findings.map(
    ({ path, code, message }) => `${path} ${code}: ${message}`,
  );
}
