import { Knex } from 'knex';
import {
  isUniqueViolation,
  lockUntilEnd,
  rowsOf,
  unlessSilentFor,
  withoutWaitingForDisk,
} from '../database';
import {
  ASSUMED_NO_MORE,
  instanceFromRow,
  InstanceRecord,
  instanceToRow,
  isAssumedEnd,
} from './InstanceRecord';

/** What the engine answered to a run that it took. */
export type Confirmation = Required<
  Pick<InstanceRecord, 'engineInstanceId' | 'state'>
> &
  Pick<InstanceRecord, 'errorMessage'>;

/**
 * Statements that can be under way at once: more than a database lets all replicas connect. Each of
 * them counts without seeing the others.
 */
const MOST_AT_ONCE = 500;

/** The condition literally as in the index: a failed instance takes nothing of the engine. */
const RUNNING = `SELECT id FROM instance WHERE engine = ? AND initiator = ?
  AND state IN ('PENDING', 'ACTIVE', 'SUSPENDED')`;

/** Writes down runs: before the engine is asked, and what it answered. */
export class RunWriter {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: { knex: Knex; engine: string }): RunWriter {
    return new RunWriter(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  /**
   * Stores a run unless its initiator has so many running or waiting already. Far below that one
   * statement does; from there on those who come at once count one after the other, so that the quota
   * is kept exactly.
   *
   * @returns false when nothing was stored
   * @throws the database's unique violation when the idempotency key is in use
   */
  async insertWithin(record: InstanceRecord, quota: number): Promise<boolean> {
    const uncontested = quota - MOST_AT_ONCE;
    if (
      uncontested > 0 &&
      (await this.#insertBelow(this.#knex, record, uncontested))
    ) {
      return true;
    }
    return this.#knex.transaction(async transaction => {
      await lockUntilEnd(transaction, this.#engine, record.initiator ?? '');
      return this.#insertBelow(transaction, record, quota);
    });
  }

  async #insertBelow(
    knex: Knex,
    record: InstanceRecord,
    limit: number,
  ): Promise<boolean> {
    const row = instanceToRow(record);
    const columns = Object.keys(row);
    // Every run goes through here: knex would take longer to put it together than to send it.
    const stored = await knex.raw(
      `INSERT INTO instance (${columns.join(', ')})
       SELECT ${columns.map(() => '?').join(', ')}
       WHERE ? > (SELECT count(*) FROM (${RUNNING} LIMIT ?) AS running)
       RETURNING id`,
      [
        ...columns.map(column => row[column] as Knex.Value),
        ...[limit, this.#engine, record.initiator ?? '', limit],
      ],
    );
    return rowsOf(stored).length > 0;
  }

  /**
   * Notes which instance of the engine a run has become.
   *
   * @returns the row as it is now; undefined when it is gone
   */
  async confirm(
    runId: string,
    confirmation: Confirmation,
  ): Promise<InstanceRecord | undefined> {
    try {
      return (
        (await this.#bind(runId, confirmation)) ??
        (await this.#bound(runId)) ??
        (await this.#bindToSeen(runId, confirmation))
      );
    } catch (error) {
      if (isUniqueViolation(error)) {
        return this.#bindToSeen(runId, confirmation);
      }
      throw error;
    }
  }

  /**
   * When neither feed nor anybody else has touched the row since it was stored. What a crash of the
   * database takes away again, the feed finds by the business key.
   */
  async #bind(
    runId: string,
    confirmation: Confirmation,
  ): Promise<InstanceRecord | undefined> {
    const [row] = await this.#knex('instance')
      .where({ engine: this.#engine, id: runId, state: 'PENDING' })
      .whereNull('engine_instance_id')
      .modify(withoutWaitingForDisk(this.#knex))
      .update(instanceToRow({ ...confirmation, attention: undefined }))
      .returning('*');
    return row && instanceFromRow(row);
  }

  /** The run when it is bound already: the feed may have read of it before its engine answered. */
  async #bound(runId: string): Promise<InstanceRecord | undefined> {
    const row = await this.#knex('instance')
      .where({ engine: this.#engine, id: runId })
      .whereNotNull('engine_instance_id')
      .first();
    return row && instanceFromRow(row);
  }

  async #bindToSeen(
    runId: string,
    { engineInstanceId, ...answered }: Confirmation,
  ): Promise<InstanceRecord | undefined> {
    return this.#knex.transaction(async transaction => {
      const row = await transaction('instance')
        .where({ engine: this.#engine, id: runId })
        .modify(unlessSilentFor(transaction))
        .forUpdate()
        .first();
      const run = row && instanceFromRow(row);
      if (!run || run.engineInstanceId !== undefined) {
        return run;
      }
      const seen = await transaction('instance')
        .where({ engine: this.#engine, engine_instance_id: engineInstanceId })
        .first();
      if (seen) {
        // The feed was faster and could not know the run: both rows are one instance.
        await transaction('instance').where('id', seen.id).delete();
      }
      const isAssumed = isAssumedEnd(run);
      const isOpen = run.state === 'PENDING' || isAssumed;
      const observed = seen ? observedFields(instanceFromRow(seen)) : {};
      const [bound] = await transaction('instance')
        .where('id', runId)
        .update(
          instanceToRow({
            // The feed may have seen more than was answered.
            ...(isAssumed && ASSUMED_NO_MORE),
            ...(isOpen && answered),
            ...observed,
            ...(seen && !run.abortPending && abortMarks(instanceFromRow(seen))),
            engineInstanceId,
            attention: seen?.attention ?? undefined,
          }),
        )
        .returning('*');
      return instanceFromRow(bound);
    });
  }
}

/** That a person wants it stopped, who knew it by the engine's id only. */
function abortMarks(seen: InstanceRecord): Partial<InstanceRecord> {
  const { abortRequestedAt, abortedBy, abortReason } = seen;
  const { abortPending, abortDueAt, abortAttempts } = seen;
  return abortRequestedAt === undefined
    ? {}
    : {
        abortRequestedAt,
        abortedBy,
        abortReason,
        abortPending,
        abortDueAt,
        abortAttempts,
      };
}

function observedFields(seen: InstanceRecord): Partial<InstanceRecord> {
  return {
    workflowVersion: seen.workflowVersion,
    revision: seen.revision,
    state: seen.state,
    startedAt: seen.startedAt,
    endedAt: seen.endedAt,
    durationMs: seen.durationMs,
    observedAt: seen.observedAt,
    parentId: seen.parentId,
    rootId: seen.rootId,
    errorMessage: seen.errorMessage,
    errorNode: seen.errorNode,
    waitingFor: seen.waitingFor,
    endReason: seen.endReason,
  };
}
