import { Knex } from 'knex';
import { FeedPass, FeedStep } from '../feed';
import { ChangePublisher } from '../live';

/** Marks runs of which it stays unknown whether they started. */
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
      const unconfirmed = await transaction('instance')
        .where({ engine: this.#engine, state: 'PENDING' })
        .whereNull('engine_instance_id')
        .whereNull('attention')
        .where('dispatched_at', '<', startedAt - this.#confirmWithinMs)
        .pluck('id');
      if (unconfirmed.length === 0) {
        return [];
      }
      await transaction('instance')
        .whereIn('id', unconfirmed)
        .whereNull('engine_instance_id')
        .update({ attention: 'unconfirmed' });
      return unconfirmed;
    });
    this.#publisher.instancesChanged(changedIds);
  }
}
