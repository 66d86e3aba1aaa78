import {
  InstanceState,
  isFinalState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EpochMs, timeOf } from '../database';
import { InstanceRecord } from './InstanceRecord';

const MESSAGE_LIMIT = 500;
const WAIT_LIMIT = 200;
const ATTENTION_LIMIT = 100;

/** What an observation says about an instance, as columns. */
type Observed = Pick<
  InstanceRecord,
  | 'workflowVersion'
  | 'revision'
  | 'state'
  | 'startedAt'
  | 'endedAt'
  | 'parentId'
  | 'rootId'
  | 'errorMessage'
  | 'errorNode'
  | 'waitingFor'
  | 'endReason'
>;

/** The row of an instance that was not run through the plugin. */
export function recordOfSummary(
  summary: EngineInstanceSummary,
  engine: string,
  observedAt: EpochMs,
): InstanceRecord {
  const observed = observedOf(summary);
  const record: InstanceRecord = {
    id: summary.engineInstanceId,
    engine,
    engineInstanceId: summary.engineInstanceId,
    workflowId: summary.workflowId,
    attention: isFinalState(observed.state)
      ? undefined
      : shortened(summary.attention, ATTENTION_LIMIT),
    createdAt: observed.startedAt ?? observedAt,
    observedAt,
    detailsGone: false,
    abortPending: false,
    ...observed,
  };
  return { ...record, durationMs: durationOf(record) };
}

/**
 * What to change in a row after an observation; undefined when nothing.
 *
 * The engine's own time stamps don't decide (SonataFlow's `lastUpdate` stays at the start when an
 * instance fails): the later observation wins. COMPLETED and ABORTED stay, unless they rest only on
 * the word of a service whose index disagrees for longer than it may lag.
 *
 * @param observedAt - when the request was sent that was answered with the summary
 */
export function mergeSummary(
  record: InstanceRecord,
  summary: EngineInstanceSummary,
  observedAt: EpochMs,
): Partial<InstanceRecord> | undefined {
  if (observedAt <= record.observedAt) {
    return undefined;
  }
  const observed = observedOf(summary);
  const agrees = observed.state === record.state;
  const confirmed = record.confirmedUntil !== undefined;
  // An end can't be old news of an instance that goes on: it had none before.
  const isBehind =
    !agrees && !(record.state === 'ACTIVE' && isFinalState(observed.state));
  if (isBehind && confirmed && observedAt < (record.confirmedUntil ?? 0)) {
    return undefined;
  }
  const target =
    isFinalState(record.state) && !(confirmed && !agrees)
      ? completed(record, observed)
      : replaced(record, observed);
  const next: Partial<InstanceRecord> = {
    ...target,
    attention: isFinalState(target.state)
      ? undefined
      : attentionOf(record, summary),
    detailsGone: false,
    confirmedUntil: undefined,
  };
  next.durationMs = durationOf({ ...record, ...next });
  return differs(record, next) ? { ...next, observedAt } : undefined;
}

/**
 * The portal's own marks say that the engine told nothing; now it did. What the engine found out may
 * be known to one replica only.
 */
function attentionOf(
  { attention }: InstanceRecord,
  summary: EngineInstanceSummary,
): string | undefined {
  const isUndecided =
    attention !== undefined && summary.undecidedAttention?.includes(attention);
  return (
    shortened(summary.attention, ATTENTION_LIMIT) ??
    (isUndecided ? attention : undefined)
  );
}

/** The row follows the observation. */
function replaced(record: InstanceRecord, observed: Observed): Observed {
  return {
    ...observed,
    workflowVersion: observed.workflowVersion ?? record.workflowVersion,
    revision: observed.revision ?? record.revision,
    startedAt: observed.startedAt ?? record.startedAt,
    parentId: observed.parentId ?? record.parentId,
    rootId: observed.rootId ?? record.rootId,
    endReason:
      observed.endReason ??
      (observed.state === 'ABORTED' ? record.endReason : undefined),
  };
}

/** The row is final: only what it lacks is filled in. */
function completed(record: InstanceRecord, observed: Observed): Observed {
  const late = observed.state === record.state ? observed : undefined;
  return {
    workflowVersion: record.workflowVersion ?? observed.workflowVersion,
    revision: record.revision ?? observed.revision,
    state: record.state,
    startedAt: record.startedAt ?? observed.startedAt,
    // The engine's own time is better than the one assumed on its confirmation.
    endedAt: late?.endedAt ?? record.endedAt,
    parentId: record.parentId ?? observed.parentId,
    rootId: record.rootId ?? observed.rootId,
    errorMessage: record.errorMessage ?? late?.errorMessage,
    errorNode: record.errorNode ?? late?.errorNode,
    waitingFor: undefined,
    endReason: lateReason(record, late),
  };
}

function observedOf(summary: EngineInstanceSummary): Observed {
  const ended = isFinalState(summary.state);
  return {
    workflowVersion: summary.workflowVersion,
    revision: summary.revision,
    state: summary.state,
    startedAt: timeOf(summary.startedAt),
    endedAt: timeOf(summary.endedAt),
    parentId: summary.parentId,
    rootId: summary.rootId,
    errorMessage: shortened(summary.errorMessage, MESSAGE_LIMIT),
    errorNode: shortened(summary.errorNode, WAIT_LIMIT),
    waitingFor: ended ? undefined : shortened(summary.waitingFor, WAIT_LIMIT),
    endReason: summary.endReason ?? endReasonOf(summary.state),
  };
}

/** That an abort was a time limit may be told late, unless a person asked for the abort. */
function lateReason(record: InstanceRecord, late: Observed | undefined) {
  const isAssumed =
    record.endReason === 'aborted' && record.abortRequestedAt === undefined;
  return (
    (isAssumed ? undefined : record.endReason) ??
    late?.endReason ??
    record.endReason
  );
}

function endReasonOf(state: InstanceState): string | undefined {
  return state === 'ABORTED' ? 'aborted' : undefined;
}

function durationOf(record: InstanceRecord): number | undefined {
  const { startedAt = record.createdAt, endedAt } = record;
  return endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt);
}

function differs(record: InstanceRecord, next: Partial<InstanceRecord>) {
  return Object.entries(next).some(
    ([field, value]) => record[field as keyof InstanceRecord] !== value,
  );
}

/** Cut to a length without splitting a character; NUL, which PostgreSQL refuses, left out. */
export function shortened(
  text: string | undefined,
  limit: number,
): string | undefined {
  const clean = text?.replaceAll('\u0000', '');
  return clean === undefined || clean.length <= limit
    ? clean
    : `${clean.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
