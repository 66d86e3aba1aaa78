import {
  Allowed,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Decisions, refusal } from '../authorization';
import { StoredWorkflow, WorkflowRecord } from '../store';

/** Why one version can't be run now; undefined when it can. */
export function versionObstacle(version: WorkflowRecord): string | undefined {
  if (version.goneAt !== undefined) {
    return 'The workflow is no longer deployed.';
  }
  if (version.startsByEvent) {
    return 'The workflow starts by an event.';
  }
  return version.availability === 'unavailable'
    ? version.availabilityReason ?? 'The workflow service does not answer.'
    : undefined;
}

/** Why no version of a workflow can be run now: what hinders the newest. Undefined when one can. */
function runObstacle(workflow: StoredWorkflow | undefined): string | undefined {
  if (!workflow) {
    return 'The workflow is no longer deployed.';
  }
  const [newest, ...older] = workflow.versions.map(versionObstacle);
  return older.includes(undefined) ? undefined : newest;
}

/** Whether the caller may run a workflow now, in its newest version or in another that is deployed. */
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
