import { Knex } from 'knex';
import { EpochMs, numberOf, textOf } from '../database';

/** How current the store is. */
export interface Freshness {
  /** When the store last agreed with the engine. */
  asOf?: EpochMs;
  lastError?: string;
  backfill?: string;
}

/** How far the reading of an engine has come; shared by all processes. */
export class FeedState {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: { knex: Knex; engine: string }): FeedState {
    return new FeedState(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  async freshness(): Promise<Freshness> {
    const row = await this.#row();
    return {
      asOf: numberOf(row?.as_of),
      lastError: textOf(row?.last_error),
      backfill: textOf(row?.backfill),
    };
  }

  /** Where the reading of changes goes on; undefined at the beginning. */
  async cursor(): Promise<string | undefined> {
    return textOf((await this.#row())?.cursor);
  }

  async saveCursor(
    transaction: Knex.Transaction,
    cursor: string,
  ): Promise<void> {
    await this.#save({ cursor }, transaction);
  }

  async succeeded(asOf: EpochMs): Promise<void> {
    await this.#save({ as_of: asOf, last_error: null, backfill: null });
  }

  async failed(message: string): Promise<void> {
    await this.#save({ last_error: message });
  }

  async backfilling(progress: string): Promise<void> {
    await this.#save({ backfill: progress });
  }

  /** Forgets everything, for an engine that forgets too. */
  async reset(): Promise<void> {
    await this.#knex('feed').where('engine', this.#engine).delete();
  }

  async #row() {
    return this.#knex('feed').where('engine', this.#engine).first();
  }

  async #save(fields: Record<string, unknown>, connection: Knex = this.#knex) {
    await connection('feed')
      .insert({ engine: this.#engine, ...fields })
      .onConflict('engine')
      .merge(Object.keys(fields));
  }
}
