/** A workflow can't be run; each problem is a sentence. @public */
export class WorkflowValidationError extends Error {
  readonly problems: readonly string[];

  constructor(workflowId: string, problems: readonly string[]) {
    super(`Workflow ${workflowId} can't be run:\n${problems.join('\n')}`);
    this.name = 'WorkflowValidationError';
    this.problems = problems;
  }
}
