import {
  Allowed,
  InstanceDetail,
  instanceAbortPermission,
  instanceDataReadPermission,
  instanceEventSendPermission,
  instanceRetryPermission,
  InstanceState,
  isFinalState,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  EngineInstance,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { OrchestratorPermission, refusal } from '../authorization';
import { InstanceRecord, StoredWorkflow } from '../store';
import { runAllowed } from '../workflows';
import { AccessedInstance } from './InstanceAccess';

/** Permissions to ask for before {@link allowedActions}. */
export const ACTION_PERMISSIONS = [
  instanceDataReadPermission,
  instanceAbortPermission,
  instanceRetryPermission,
  instanceEventSendPermission,
  workflowRunPermission,
] as const;

const ALLOWED: Allowed = { allowed: true };

/** Why an instance in its present state can't be aborted; undefined when it can. */
export function abortObstacle({ state }: InstanceRecord): string | undefined {
  return isFinalState(state)
    ? `The instance has ended already: it is ${state}.`
    : undefined;
}

/** Why an instance in its present state can't be retried; undefined when it can. */
export function retryObstacle({ state }: InstanceRecord): string | undefined {
  return state === 'ERROR'
    ? undefined
    : `Only a failed instance can be retried; this one is ${state}.`;
}

/** What the caller may do with an instance now, and why not. */
export function allowedActions(
  { record, resource, decisions }: AccessedInstance,
  detail: EngineInstance | undefined,
  engine: WorkflowEngine,
  workflow: StoredWorkflow | undefined,
): InstanceDetail['allowed'] {
  const decide = (
    permission: OrchestratorPermission,
    ...obstacles: (Allowed | undefined)[]
  ): Allowed =>
    decisions.mayInstance(permission, resource)
      ? obstacles.find(obstacle => obstacle !== undefined) ?? ALLOWED
      : lacking(permission);
  return {
    abort: decide(
      instanceAbortPermission,
      byState(abortObstacle(record)),
      byState(
        record.abortRequestedAt === undefined
          ? undefined
          : 'The abort is requested already.',
      ),
    ),
    retry: decide(
      instanceRetryPermission,
      engine.capabilities.retry
        ? undefined
        : byEngine('The workflow engine can’t retry instances.'),
      byState(retryObstacle(record)),
    ),
    sendEvent: decide(
      instanceEventSendPermission,
      byState(waitObstacle(record.state, detail)),
    ),
    readData: decide(
      instanceDataReadPermission,
      record.detailsGone
        ? byEngine('The workflow engine no longer keeps the details.')
        : undefined,
    ),
    runAgain: runAllowed(decisions, workflow, record.workflowId),
  };
}

function waitObstacle(
  state: InstanceState,
  detail: EngineInstance | undefined,
): string | undefined {
  return !isFinalState(state) &&
    detail?.waits.some(wait => wait.kind === 'event')
    ? undefined
    : 'The instance waits for no event.';
}

function lacking(permission: OrchestratorPermission): Allowed {
  return {
    allowed: false,
    cause: 'permission',
    reason: refusal(permission).message,
  };
}

function byState(reason: string | undefined): Allowed | undefined {
  return reason === undefined
    ? undefined
    : { allowed: false, cause: 'state', reason };
}

function byEngine(reason: string): Allowed {
  return { allowed: false, cause: 'engine', reason };
}
