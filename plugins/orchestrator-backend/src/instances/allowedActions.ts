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
import { InstanceRecord, StoredWorkflow, UNACCOUNTED_FOR } from '../store';
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

/** Whether a person may close the instance without the engine. */
export function isUnaccountedFor({ attention }: InstanceRecord): boolean {
  return attention !== undefined && UNACCOUNTED_FOR.includes(attention);
}

/** Why an instance in its present state can't be retried; undefined when it can. */
export function retryObstacle({ state }: InstanceRecord): string | undefined {
  return state === 'ERROR'
    ? undefined
    : `Only a failed instance can be retried; this one is ${state}.`;
}

/** Why an instance in its present state has no failed node to skip; undefined when it has. */
export function skipObstacle({ state }: InstanceRecord): string | undefined {
  return state === 'ERROR'
    ? undefined
    : `Only a failed instance can skip its failed node; this one is ${state}.`;
}

/** Why no instance can be let go on that nobody runs; undefined when it may be running. */
function unreachableObstacle({
  attention,
}: InstanceRecord): string | undefined {
  if (attention === 'version-not-deployed') {
    return 'Its version is not deployed any more, so it can’t go on.';
  }
  return attention === 'not-at-service'
    ? 'Its workflow service no longer knows it, so it can’t go on.'
    : undefined;
}

/** Whether the engine may be being asked just now to let the instance go on. */
function isRetryUnderWay({ retryClaimedUntil }: InstanceRecord): boolean {
  return retryClaimedUntil !== undefined && retryClaimedUntil > Date.now();
}

/** What the engine is said to lack when it can't do one of its optional actions. */
export const CAPABILITY_OBSTACLES = {
  retry: 'The workflow engine can’t retry instances.',
  skip: 'The workflow engine can’t skip nodes.',
  retriggerNode: 'The workflow engine can’t enter a node again.',
  rescheduleTimer: 'The workflow engine can’t reschedule timers.',
  updateData: 'The workflow engine can’t change the data of an instance.',
} as const;

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
  const capability = (name: keyof typeof CAPABILITY_OBSTACLES) =>
    engine.capabilities[name]
      ? undefined
      : byEngine(CAPABILITY_OBSTACLES[name]);
  const ended = byState(abortObstacle(record));
  const held = byState(
    unreachableObstacle(record) ??
      (isRetryUnderWay(record)
        ? 'The engine is asked just now to let it go on.'
        : undefined),
  );
  return {
    abort: decide(
      instanceAbortPermission,
      ended,
      byState(
        record.abortPending && !isUnaccountedFor(record)
          ? 'The abort is requested already.'
          : undefined,
      ),
    ),
    retry: decide(
      instanceRetryPermission,
      capability('retry'),
      byState(retryObstacle(record)),
      held,
    ),
    skip: decide(
      instanceRetryPermission,
      capability('skip'),
      byState(skipObstacle(record)),
      held,
    ),
    retriggerNode: decide(
      instanceRetryPermission,
      capability('retriggerNode'),
      ended,
      held,
    ),
    rescheduleTimer: decide(
      instanceEventSendPermission,
      capability('rescheduleTimer'),
      ended,
      byState(timerObstacle(detail)),
    ),
    updateData: decisions.mayInstance(instanceDataReadPermission, resource)
      ? decide(instanceRetryPermission, capability('updateData'), ended)
      : lacking(instanceDataReadPermission),
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

function timerObstacle(detail: EngineInstance | undefined): string | undefined {
  return detail?.waits.some(({ timerId }) => timerId !== undefined)
    ? undefined
    : 'The instance waits for no timer that can be rescheduled.';
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
