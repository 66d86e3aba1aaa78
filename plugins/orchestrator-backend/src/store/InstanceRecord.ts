import { InstanceState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { EpochMs, numberOf, textOf } from '../database';

/** One row of the instance table. */
export interface InstanceRecord {
  id: string;
  engine: string;
  /** Undefined until it is known which instance of the engine this is. */
  engineInstanceId?: string;
  workflowId: string;
  workflowVersion?: string;
  revision?: string;
  state: InstanceState;
  reference?: string;
  createdAt: EpochMs;
  startedAt?: EpochMs;
  endedAt?: EpochMs;
  durationMs?: number;
  observedAt: EpochMs;
  initiator?: string;
  entityRef?: string;
  /** The engine's id of the parent. */
  parentId?: string;
  rootId?: string;
  errorMessage?: string;
  errorNode?: string;
  waitingFor?: string;
  endReason?: string;
  attention?: string;
  detailsGone: boolean;
  idempotencyKey?: string;
  requestHash?: string;
  dispatchedAt?: EpochMs;
  abortRequestedAt?: EpochMs;
  abortedBy?: string;
  abortReason?: string;
  /** Whether the engine is still to be asked for the abort. */
  abortPending: boolean;
  /** When it is asked next. */
  abortDueAt?: EpochMs;
  /** How often it was asked again in vain. */
  abortAttempts?: number;
  retriedAt?: EpochMs;
  retriedBy?: string;
  retryReason?: string;
  /** Until when the engine may be being asked to let it go on. */
  retryClaimedUntil?: EpochMs;
  confirmedUntil?: EpochMs;
}

/** End of a row that a person closed since nobody can tell what became of its instance. */
export const GIVEN_UP = 'given-up';

/** End of a row of which nothing was started. */
export const NOT_STARTED = 'not-started';

/** Whether the portal ended a row by itself, which an instance that turns up proves wrong. */
export function isAssumedEnd({ endReason }: InstanceRecord): boolean {
  return endReason === GIVEN_UP || endReason === NOT_STARTED;
}

/** What is noted of an unfinished instance that the engine no longer knows. */
export const UNKNOWN_TO_ENGINE = 'unknown-to-engine';

/**
 * What is noted of instances of which nobody can tell what became: neither engine nor index, or the
 * index lists what its service has lost.
 */
export const UNACCOUNTED_FOR: readonly string[] = [
  'unconfirmed',
  UNKNOWN_TO_ENGINE,
  'not-at-service',
];

/** An end that the portal assumed does not stand against an instance that the engine shows. */
export const ASSUMED_NO_MORE: Partial<InstanceRecord> = {
  state: 'PENDING',
  endedAt: undefined,
  durationMs: undefined,
  endReason: undefined,
  errorMessage: undefined,
};

type Kind = 'text' | 'number' | 'boolean';

const COLUMNS: {
  [Field in keyof Required<InstanceRecord>]: [column: string, kind: Kind];
} = {
  id: ['id', 'text'],
  engine: ['engine', 'text'],
  engineInstanceId: ['engine_instance_id', 'text'],
  workflowId: ['workflow_id', 'text'],
  workflowVersion: ['workflow_version', 'text'],
  revision: ['revision', 'text'],
  state: ['state', 'text'],
  reference: ['reference', 'text'],
  createdAt: ['created_at', 'number'],
  startedAt: ['started_at', 'number'],
  endedAt: ['ended_at', 'number'],
  durationMs: ['duration_ms', 'number'],
  observedAt: ['observed_at', 'number'],
  initiator: ['initiator', 'text'],
  entityRef: ['entity_ref', 'text'],
  parentId: ['parent_id', 'text'],
  rootId: ['root_id', 'text'],
  errorMessage: ['error_message', 'text'],
  errorNode: ['error_node', 'text'],
  waitingFor: ['waiting_for', 'text'],
  endReason: ['end_reason', 'text'],
  attention: ['attention', 'text'],
  detailsGone: ['details_gone', 'boolean'],
  idempotencyKey: ['idempotency_key', 'text'],
  requestHash: ['request_hash', 'text'],
  dispatchedAt: ['dispatched_at', 'number'],
  abortRequestedAt: ['abort_requested_at', 'number'],
  abortedBy: ['aborted_by', 'text'],
  abortReason: ['abort_reason', 'text'],
  abortPending: ['abort_pending', 'boolean'],
  abortDueAt: ['abort_due_at', 'number'],
  abortAttempts: ['abort_attempts', 'number'],
  retriedAt: ['retried_at', 'number'],
  retriedBy: ['retried_by', 'text'],
  retryReason: ['retry_reason', 'text'],
  retryClaimedUntil: ['retry_claimed_until', 'number'],
  confirmedUntil: ['confirmed_until', 'number'],
};

const FIELDS = Object.entries(COLUMNS);

/** The record of a row as the database gives it. */
export function instanceFromRow(row: Record<string, unknown>): InstanceRecord {
  const record: Record<string, unknown> = {};
  for (const [field, [column, kind]] of FIELDS) {
    const value = valueOf(row[column], kind);
    if (value !== undefined) {
      record[field] = value;
    }
  }
  // The columns that are never null are those that the record requires.
  return record as unknown as InstanceRecord;
}

/** The columns to write; a field that is given as undefined is emptied. */
export function instanceToRow(
  record: Partial<InstanceRecord>,
): Record<string, unknown> {
  const given = Object.entries(record) as [keyof InstanceRecord, unknown][];
  return Object.fromEntries(
    given.map(([field, value]) => [COLUMNS[field][0], value ?? null]),
  );
}

/** All columns of a record; a field that it lacks is emptied. */
export function instanceToFullRow(
  record: InstanceRecord,
): Record<string, unknown> {
  const given: Record<string, unknown> = { ...record };
  return Object.fromEntries(
    FIELDS.map(([field, [column]]) => [column, given[field] ?? null]),
  );
}

/** The columns of the given fields. */
export function columnsOf(fields: readonly (keyof InstanceRecord)[]): string[] {
  return fields.map(field => COLUMNS[field][0]);
}

function valueOf(value: unknown, kind: Kind) {
  switch (kind) {
    case 'number':
      return numberOf(value);
    case 'boolean':
      return Boolean(value);
    default:
      return textOf(value);
  }
}
