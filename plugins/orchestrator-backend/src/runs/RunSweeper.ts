import { Knex } from 'knex';
import { databaseNow, EpochMs } from '../database';
import { FeedPass, FeedStep } from '../feed';
import { ChangePublisher } from '../live';
import { NOT_STARTED } from '../store';
import { WAITING_EXPIRY_MS } from './WaitingRuns';

/** A database that was away for less was not away for long enough to let a run of a process expire. */
const LONGEST_GAP_MS = 15_000;

const ABANDONED =
  'The portal that was to send it ended while it waited for its turn.';

/** As columns: nothing runs under the key, which may be used again. */
const ENDED = {
  state: 'ABORTED',
  end_reason: NOT_STARTED,
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
  /** When the last pass began that the database took part in. */
  #passedAt: EpochMs = 0;
  /** Since when passes follow one another without a gap. */
  #steadySince: EpochMs = 0;

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
    const isSteady = this.#isSteady(pass.startedAt);
    const changedIds = await this.#knex.transaction(async transaction => {
      await pass.checkLease(transaction);
      return [
        ...(isSteady ? await this.#endAbandoned(transaction) : []),
        ...(await this.#markUnconfirmed(transaction, pass.startedAt)),
      ];
    });
    this.#passedAt = pass.startedAt;
    this.#publisher.instancesChanged(changedIds);
  }

  /**
   * Whether the database was there for as long as a process needs to tell that it still has its runs.
   * While it was away nobody could.
   */
  #isSteady(now: EpochMs): boolean {
    if (now - this.#passedAt > LONGEST_GAP_MS) {
      this.#steadySince = now;
    }
    return now - this.#steadySince >= WAITING_EXPIRY_MS;
  }

  /** Runs that waited for their turn in a process that is gone; see `WaitingRuns`. */
  async #endAbandoned(transaction: Knex.Transaction): Promise<string[]> {
    const now = databaseNow(transaction);
    const ended: { id: string }[] = await this.#unbound(transaction)
      .where('waiting_until', '<', now)
      .update({ ...ENDED, error_message: ABANDONED, ended_at: now })
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
