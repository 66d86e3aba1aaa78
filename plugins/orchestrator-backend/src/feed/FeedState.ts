import { Knex } from 'knex';
import { EpochMs, numberOf, textOf } from '../database';
import { withoutCredentials } from '../withoutCredentials';

/** How current the store is. */
export interface Freshness {
  /** When the store last agreed with the engine. */
  asOf?: EpochMs;
  lastError?: string;
  /** Instances that a long read has brought so far; undefined when none is under way. */
  backfillRead?: number;
}

/** Where the reading of changes goes on. */
export interface ReadPosition {
  cursor?: string;
  /** What a long read has brought by now; none when it is at its end. */
  backfillRead?: number;
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
      backfillRead: numberOf(row?.backfill_read),
    };
  }

  /** Where the reading of changes goes on; without a cursor at the beginning. */
  async position(): Promise<ReadPosition> {
    const row = await this.#row();
    return {
      cursor: textOf(row?.cursor),
      backfillRead: numberOf(row?.backfill_read),
    };
  }

  /** Where looking back goes on. */
  async lateCursor(): Promise<string | undefined> {
    return textOf((await this.#row())?.late_cursor);
  }

  async saveLateCursor(
    transaction: Knex.Transaction,
    cursor: string,
  ): Promise<void> {
    await this.#save({ late_cursor: cursor }, transaction);
  }

  async savePosition(
    transaction: Knex.Transaction,
    { cursor, backfillRead }: ReadPosition,
  ): Promise<void> {
    await this.#save(
      { cursor, backfill_read: backfillRead ?? null },
      transaction,
    );
  }

  /**
   * @param asOf - when the store agreed with the engine; undefined when there is more to read
   * @param lastError - of another part of the reading
   */
  async succeeded(
    asOf: EpochMs | undefined,
    lastError: string | undefined,
  ): Promise<void> {
    await this.#save({
      ...(asOf !== undefined && { as_of: asOf }),
      last_error: lastError ? withoutCredentials(lastError) : null,
    });
  }

  async failed(message: string): Promise<void> {
    await this.#save({ last_error: withoutCredentials(message) });
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
