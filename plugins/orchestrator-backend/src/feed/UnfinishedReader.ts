import { Knex } from 'knex';
import { whereUnfinished } from '../store';
import { FeedPass, FeedStep } from './FeedStep';
import { InstanceRefresher, StoredIds } from './InstanceRefresher';

/** Rows that one pass reads again. */
const BATCH = 200;

interface UnfinishedReaderOptions {
  knex: Knex;
  engine: { id: string };
  refresher: InstanceRefresher;
}

/**
 * Reads what the store believes unfinished again, all in rotation, since a change may come to the
 * index later than any cursor looks back. A row waits at most for (unfinished rows ÷ batch) passes.
 */
export class UnfinishedReader implements FeedStep {
  readonly #options: UnfinishedReaderOptions;
  /** The id of the last row that was read. */
  #last = '';

  static create(options: UnfinishedReaderOptions): UnfinishedReader {
    return new UnfinishedReader(options);
  }

  private constructor(options: UnfinishedReaderOptions) {
    this.#options = options;
  }

  async run(pass: FeedPass): Promise<void> {
    const { knex, engine, refresher } = this.#options;
    const rows: StoredIds[] = await knex('instance')
      .select('id', 'engine_instance_id')
      .where('engine', engine.id)
      .whereNotNull('engine_instance_id')
      .modify(whereUnfinished)
      .where('id', '>', this.#last)
      .orderBy('id')
      .limit(BATCH);
    await refresher.refresh(rows, pass);
    this.#last = rows.length < BATCH ? '' : rows[BATCH - 1].id;
  }
}
