import { Knex } from 'knex';
import { FeedPass, FeedStep } from '../feed';
import { ChangePublisher } from '../live';
import { instanceToRow } from '../store';

/** Dispatching follows the insert at once: a row that waits longer belongs to a dead process. */
const DISPATCH_WITHIN_MS = 30_000;

/** Settles runs that nobody else will: undispatched ones, and those that stay unconfirmed. */
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

  async run({ startedAt, checkLease }: FeedPass): Promise<void> {
    const changedIds = await this.#knex.transaction(async transaction => {
      await checkLease(transaction);
      const unbound = () =>
        transaction('instance')
          .where({ engine: this.#engine, state: 'PENDING' })
          .whereNull('engine_instance_id');
      const abandoned = await unbound()
        .whereNull('dispatched_at')
        .where('created_at', '<', startedAt - DISPATCH_WITHIN_MS)
        .pluck('id');
      await transaction('instance')
        .whereIn('id', abandoned)
        .whereNull('dispatched_at')
        .update(
          instanceToRow({
            state: 'ABORTED',
            endReason: 'not-started',
            errorMessage: 'The portal stopped before it asked the engine.',
            endedAt: startedAt,
            idempotencyKey: undefined,
            abortPending: false,
          }),
        );
      const unconfirmed = await unbound()
        .whereNull('attention')
        .where('dispatched_at', '<', startedAt - this.#confirmWithinMs)
        .pluck('id');
      await transaction('instance')
        .whereIn('id', unconfirmed)
        .whereNull('engine_instance_id')
        .update({ attention: 'unconfirmed' });
      return [...abandoned, ...unconfirmed];
    });
    this.#publisher.instancesChanged(changedIds);
  }
}
