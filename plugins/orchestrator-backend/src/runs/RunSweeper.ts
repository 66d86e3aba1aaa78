import { Knex } from 'knex';
import { databaseNow, EpochMs } from '../database';
import { FeedPass, FeedStep } from '../feed';
import { ChangePublisher } from '../live';

const ABANDONED =
  'The portal that was to send it ended while it waited for its turn.';

/** As columns: nothing runs under the key, which may be used again. */
const NOT_STARTED = {
  state: 'ABORTED',
  end_reason: 'not-started',
  idempotency_key: null,
  abort_pending: false,
  waiting_until: null,
};

/** Ends runs that were never sent, and marks those of which it stays unknown whether they started. */
export class RunSweeper implements FeedStep {
  readonly #knex: Knex;
  readonly #engine: string;
  readonly #confirmWithinMs: number;
  readonly #publisher: ChangePublisher;

  static create(options: {
    knex: Knex;
    engine: string;
    confirmWithinMs: number;
    publisher: ChangePublisher;
  }): RunSweeper {
    return new RunSweeper(options);
  }

  private constructor(options: {
    knex: Knex;
    engine: string;
    confirmWithinMs: number;
    publisher: ChangePublisher;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#confirmWithinMs = options.confirmWithinMs;
    this.#publisher = options.publisher;
  }

  async run(pass: FeedPass): Promise<void> {
    const changedIds = await this.#knex.transaction(async transaction => {
      await pass.checkLease(transaction);
      return [
        ...(await this.#endAbandoned(transaction)),
        ...(await this.#markUnconfirmed(transaction, pass.startedAt)),
      ];
    });
    this.#publisher.instancesChanged(changedIds);
  }

  /** Runs that waited for their turn in a process that is gone; see `WaitingRuns`. */
  async #endAbandoned(transaction: Knex.Transaction): Promise<string[]> {
    const now = databaseNow(transaction);
    const ended: { id: string }[] = await this.#unbound(transaction)
      .where('waiting_until', '<', now)
      .update({ ...NOT_STARTED, error_message: ABANDONED, ended_at: now })
      .returning('id');
    return ended.map(({ id }) => id);
  }

  async #markUnconfirmed(
    transaction: Knex.Transaction,
    now: EpochMs,
  ): Promise<string[]> {
    const unconfirmed = await this.#unbound(transaction)
      .whereNull('attention')
      .where('dispatched_at', '<', now - this.#confirmWithinMs)
      .pluck('id');
    if (unconfirmed.length > 0) {
      await transaction('instance')
        .whereIn('id', unconfirmed)
        .whereNull('engine_instance_id')
        .update({ attention: 'unconfirmed' });
    }
    return unconfirmed;
  }

  #unbound(transaction: Knex.Transaction): Knex.QueryBuilder {
    return transaction('instance')
      .where({ engine: this.#engine, state: 'PENDING' })
      .whereNull('engine_instance_id');
  }
}
