import {
  Allowed,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Decisions, refusal } from '../authorization';
import { StoredWorkflow } from '../store';

/** Why a workflow can't be run now; undefined when it can. */
export function runObstacle(
  workflow: StoredWorkflow | undefined,
): string | undefined {
  const newest = workflow?.versions[0];
  if (!newest || newest.goneAt !== undefined) {
    return 'The workflow is no longer deployed.';
  }
  if (newest.startsByEvent) {
    return 'The workflow starts by an event.';
  }
  return newest.availability === 'unavailable'
    ? newest.availabilityReason ?? 'The workflow service does not answer.'
    : undefined;
}

/** Whether the caller may run a workflow now. */
export function runAllowed(
  decisions: Decisions,
  workflow: StoredWorkflow | undefined,
  workflowId: string,
): Allowed {
  const resource = { id: workflowId, labels: workflow?.labels ?? [] };
  if (!decisions.mayWorkflow(workflowRunPermission, resource)) {
    return {
      allowed: false,
      cause: 'permission',
      reason: refusal(workflowRunPermission).message,
    };
  }
  const reason = runObstacle(workflow);
  return reason === undefined
    ? { allowed: true }
    : { allowed: false, cause: 'state', reason };
}
