import { Knex } from 'knex';
import { FeedPass, FeedStep } from './FeedStep';
import { InstanceRefresher, StoredIds } from './InstanceRefresher';

const BATCH = 100;

/** Literally as in the index: of many that failed long ago none must be looked at. */
const CHANGES_SOON = `engine_instance_id IS NOT NULL
  AND (state IN ('PENDING', 'ACTIVE', 'SUSPENDED')
    OR (state = 'ERROR' AND error_message IS NULL))`;

interface NewestReaderOptions {
  knex: Knex;
  engine: { id: string };
  refresher: InstanceRefresher;
}

/**
 * Reads the newest instances that run again in each pass: a failure, or what one waits for by now,
 * shows in no time of the index. Of failed ones only those without their error yet, which comes after
 * the state: nothing but a retry changes the others, and that has a time.
 */
export class NewestReader implements FeedStep {
  readonly #options: NewestReaderOptions;

  static create(options: NewestReaderOptions): NewestReader {
    return new NewestReader(options);
  }

  private constructor(options: NewestReaderOptions) {
    this.#options = options;
  }

  async run(pass: FeedPass): Promise<void> {
    const { knex, engine, refresher } = this.#options;
    const rows: StoredIds[] = await knex('instance')
      .select('id', 'engine_instance_id')
      .where('engine', engine.id)
      .whereRaw(CHANGES_SOON)
      .orderBy('created_at', 'desc')
      .limit(BATCH);
    await refresher.refresh(rows, pass);
  }
}
