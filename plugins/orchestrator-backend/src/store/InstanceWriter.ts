import { isFinalState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import {
  EpochMs,
  isUniqueViolation,
  planAnew,
  timeOf,
  unlessSilentFor,
} from '../database';
import {
  ASSUMED_NO_MORE,
  columnsOf,
  GIVEN_UP,
  instanceFromRow,
  InstanceRecord,
  instanceToFullRow,
  instanceToRow,
  UNACCOUNTED_FOR,
  UNKNOWN_TO_ENGINE,
} from './InstanceRecord';
import { mergeSummary, recordOfSummary } from './mergeSummary';

/** What a set of observations changed. */
export interface Observation {
  /** The plugin's ids of the rows that were added or changed. */
  changedIds: string[];
  /** Observed instances that claim to be a run which is bound to another instance already. */
  rivals: { runId: string; engineInstanceId: string }[];
}

/** Something else that must be stored, or must hold, together with the rows. */
export type AlongWith = (transaction: Knex.Transaction) => Promise<void>;

/** How far the clocks of engine and portal may be apart. */
const CLOCK_SKEW_MS = 60_000;

const ATTEMPTS = 3;

/** Rows in one statement; databases limit the values in it. */
const BATCH = 250;

/** What an observation can change in a row. */
const OBSERVED_COLUMNS = columnsOf([
  'engineInstanceId',
  'workflowVersion',
  'revision',
  'state',
  'startedAt',
  'endedAt',
  'durationMs',
  'observedAt',
  'parentId',
  'rootId',
  'errorMessage',
  'errorNode',
  'waitingFor',
  'endReason',
  'attention',
  'detailsGone',
  'confirmedUntil',
]);

/** How long an index may take to show an instance that its service has confirmed. */
const INDEX_LAG_MS = 120_000;

/** Everything that changes rows of the instance table. */
export class InstanceWriter {
  readonly #knex: Knex;
  readonly #engine: string;

  readonly #retentionMs: number | undefined;

  /** @param options.retentionMs - for how long finished instances are kept; undefined: for ever */
  static create(options: {
    knex: Knex;
    engine: string;
    retentionMs?: number;
  }): InstanceWriter {
    return new InstanceWriter(options);
  }

  private constructor(options: {
    knex: Knex;
    engine: string;
    retentionMs?: number;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#retentionMs = options.retentionMs;
  }

  /** Deletes some finished instances whose time is over; tells how many. */
  async deleteExpired(now: EpochMs, limit: number): Promise<number> {
    if (this.#retentionMs === undefined) {
      return 0;
    }
    const expired = this.#knex('instance')
      .select('id')
      .where('engine', this.#engine)
      .whereIn('state', ['COMPLETED', 'ABORTED'])
      .where('ended_at', '<', now - this.#retentionMs)
      .limit(limit);
    return this.#knex('instance').whereIn('id', expired).delete();
  }

  /** @throws the database's unique violation when the idempotency key is in use */
  async insert(record: InstanceRecord): Promise<void> {
    await this.#knex('instance').insert(instanceToRow(record));
  }

  /** Writes fields of one row, under a condition on others. */
  async update(
    id: string,
    fields: Partial<InstanceRecord>,
    only: (query: Knex.QueryBuilder) => void = () => {},
  ): Promise<boolean> {
    const query = this.#knex('instance').where({ engine: this.#engine, id });
    only(query);
    return (await query.update(instanceToRow(fields))) > 0;
  }

  /**
   * Notes that the engine does not know an instance: of one that has not ended nobody can tell any
   * more what became. One that the engine never showed is spared for a while: an index of its own
   * shows it later than the service that started it.
   *
   * @returns whether that was news
   */
  async markUnknown(id: string): Promise<boolean> {
    const row = () =>
      this.#knex('instance')
        .where({ engine: this.#engine, id })
        .where(either =>
          either
            .whereNotNull('started_at')
            .orWhere('created_at', '<', Date.now() - INDEX_LAG_MS),
        );
    const unfinished = await row()
      .modify(whereUnfinished)
      .where(either =>
        either
          .where('details_gone', false)
          .orWhereNull('attention')
          .orWhereNot('attention', UNKNOWN_TO_ENGINE),
      )
      .update({ details_gone: true, attention: UNKNOWN_TO_ENGINE });
    const ended = await row()
      .whereIn('state', ['COMPLETED', 'ABORTED'])
      .where('details_gone', false)
      .update({ details_gone: true });
    return unfinished + ended > 0;
  }

  /** To be called after very many instances were added. */
  async planAnew(): Promise<void> {
    await planAnew(this.#knex, 'instance');
  }

  /** Deletes the rows of the engine: those of an earlier start of one that forgets. */
  async deleteAll(): Promise<number> {
    return this.#knex('instance').where('engine', this.#engine).delete();
  }

  /**
   * Takes in what the engine said about instances. Idempotent: an older observation, or the same
   * once more, changes nothing.
   *
   * @param observedAt - when the request was sent that was answered with the summaries
   */
  async observe(
    summaries: EngineInstanceSummary[],
    observedAt: EpochMs,
    alongWith: AlongWith = async () => {},
  ): Promise<Observation> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#knex.transaction(async transaction => {
          await alongWith(transaction);
          return this.#observe(transaction, summaries, observedAt);
        });
      } catch (error) {
        // Another writer inserted the same instance in between: now it is found.
        if (attempt >= ATTEMPTS || !isUniqueViolation(error)) {
          throw error;
        }
      }
    }
  }

  async #observe(
    transaction: Knex.Transaction,
    summaries: EngineInstanceSummary[],
    observedAt: EpochMs,
  ): Promise<Observation> {
    const known = await this.#load(transaction, summaries);
    const changedIds: string[] = [];
    const rivals: Observation['rivals'] = [];
    const added = new Map<string, InstanceRecord>();
    const changed = new Map<string, InstanceRecord>();
    for (const summary of newestOfEach(summaries)) {
      const { engineInstanceId } = summary;
      const run = known.byRunId.get(summary.businessKey ?? '');
      const record =
        known.byEngineId.get(engineInstanceId) ?? boundNow(run, summary);
      if (!record) {
        if (run?.engineInstanceId !== undefined && claims(run, summary)) {
          rivals.push({ runId: run.id, engineInstanceId });
        }
        const newcomer = recordOfSummary(summary, this.#engine, observedAt);
        if (!this.#isExpired(newcomer)) {
          added.set(engineInstanceId, newcomer);
          changedIds.push(engineInstanceId);
        }
        continue;
      }
      if (isStillLost(record, summary)) {
        continue;
      }
      const binds = record.engineInstanceId === undefined;
      const changes = {
        ...mergeSummary(
          binds || record.endReason === GIVEN_UP
            ? { ...record, ...ASSUMED_NO_MORE }
            : record,
          summary,
          observedAt,
        ),
        ...(binds && { engineInstanceId }),
      };
      if (Object.keys(changes).length > 0) {
        Object.assign(record, changes);
        changed.set(record.id, record);
        changedIds.push(record.id);
      }
    }
    for (const batch of batchesOf(changed)) {
      // Rows that this transaction has locked.
      await transaction('instance')
        .insert(batch)
        .onConflict('id')
        .merge(OBSERVED_COLUMNS);
    }
    for (const batch of batchesOf(added)) {
      await transaction('instance').insert(batch);
    }
    return { changedIds, rivals };
  }

  /** Whether an instance ended so long ago that it would be deleted again. */
  #isExpired({ endedAt, observedAt }: InstanceRecord): boolean {
    return (
      this.#retentionMs !== undefined &&
      endedAt !== undefined &&
      endedAt < observedAt - this.#retentionMs
    );
  }

  async #load(
    transaction: Knex.Transaction,
    summaries: EngineInstanceSummary[],
  ) {
    const engineIds = summaries.map(summary => summary.engineInstanceId);
    const runIds = summaries.flatMap(summary => summary.businessKey ?? []);
    const rows: Record<string, unknown>[] = await transaction('instance')
      .where('engine', this.#engine)
      .where(either =>
        either.whereIn('engine_instance_id', engineIds).orWhereIn('id', runIds),
      )
      .modify(unlessSilentFor(transaction))
      .orderBy('id')
      .forUpdate();
    const records = rows.map(instanceFromRow);
    return {
      byEngineId: new Map(
        records.flatMap(record =>
          record.engineInstanceId === undefined
            ? []
            : [[record.engineInstanceId, record] as const],
        ),
      ),
      byRunId: new Map(records.map(record => [record.id, record])),
    };
  }
}

/** Rows to write, as many together as one statement takes. */
function batchesOf(
  records: ReadonlyMap<string, InstanceRecord>,
): Record<string, unknown>[][] {
  const rows = [...records.values()].map(instanceToFullRow);
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, i) =>
    rows.slice(i * BATCH, (i + 1) * BATCH),
  );
}

/** The run that an instance, told of by the engine for the first time, turns out to be. */
function boundNow(
  run: InstanceRecord | undefined,
  summary: EngineInstanceSummary,
): InstanceRecord | undefined {
  return run && run.engineInstanceId === undefined && claims(run, summary)
    ? run
    : undefined;
}

/**
 * Whether an instance can be what became of a run. A business key alone proves nothing: workflows
 * pass it on to their children, and callers of the service choose it.
 */
function claims(run: InstanceRecord, summary: EngineInstanceSummary): boolean {
  const startedAt = timeOf(summary.startedAt);
  return (
    run.dispatchedAt !== undefined &&
    run.workflowId === summary.workflowId &&
    summary.parentId === undefined &&
    (startedAt === undefined || startedAt >= run.dispatchedAt - CLOCK_SKEW_MS)
  );
}

/**
 * That an index goes on listing what its service lost is no sign that it turned up; nor is it one when
 * this replica has not asked the service, or another version took its place. What the index itself did
 * not know has turned up.
 */
function isStillLost(
  record: InstanceRecord,
  { state, attention, undecidedAttention = [] }: EngineInstanceSummary,
): boolean {
  if (record.endReason !== GIVEN_UP || isFinalState(state)) {
    return false;
  }
  const wasListed =
    record.engineInstanceId !== undefined && !record.detailsGone;
  const isUnaccountedFor = (mark: string) => UNACCOUNTED_FOR.includes(mark);
  return attention === undefined
    ? wasListed && undecidedAttention.some(isUnaccountedFor)
    : wasListed || isUnaccountedFor(attention);
}

/** A page may tell of an instance twice; the later word counts. */
function newestOfEach(
  summaries: EngineInstanceSummary[],
): EngineInstanceSummary[] {
  return [
    ...new Map(
      summaries.map(summary => [summary.engineInstanceId, summary]),
    ).values(),
  ];
}

/** Rows that can still change, and so must be read again. */
export function whereUnfinished(query: Knex.QueryBuilder): void {
  // Literally as in the index.
  query.whereRaw(`state IN ('PENDING', 'ACTIVE', 'SUSPENDED', 'ERROR')`);
}
