import { InProcessRuntime } from './InProcessRuntime';
import { RuntimeOptions, WorkflowRuntime } from './WorkflowRuntime';

/**
 * A runtime for workflows in this process.
 *
 * @public
 */
export function createWorkflowRuntime(
  options: RuntimeOptions,
): WorkflowRuntime {
  return new InProcessRuntime(options);
}
