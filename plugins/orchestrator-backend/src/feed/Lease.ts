import { Knex } from 'knex';
import { databaseNow, EpochMs, numberOf, unlessSilentFor } from '../database';

/** The lease was taken by another process: what was about to be written must not be. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

/** Who has a lease. */
export interface LeaseHolder {
  name: string;
  /** False when it lapsed and nobody took it yet. */
  isHeld: boolean;
  since?: EpochMs;
}

/**
 * The right of one process to do something alone, kept as a row with an expiry. It goes by the
 * clock of the database, and its fence grows with each holder, so that a holder that slept through
 * the expiry can't write afterwards.
 */
export class Lease {
  readonly #knex: Knex;
  readonly #name: string;
  readonly #holder: string;
  readonly #expiryMs: number;
  #fence: number | undefined;

  /** @param options.expiryMs - after which silence others may take it */
  static create(options: {
    knex: Knex;
    name: string;
    holder: string;
    expiryMs: number;
  }): Lease {
    return new Lease(options);
  }

  private constructor(options: {
    knex: Knex;
    name: string;
    holder: string;
    expiryMs: number;
  }) {
    this.#knex = options.knex;
    this.#name = options.name;
    this.#holder = options.holder;
    this.#expiryMs = options.expiryMs;
  }

  /** Whether this process held the lease when it last asked. */
  get isHeld(): boolean {
    return this.#fence !== undefined;
  }

  /** Renews the lease, or takes it when it is free; tells whether this process holds it now. */
  async acquire(): Promise<boolean> {
    const now = databaseNow(this.#knex);
    if (this.#fence !== undefined && (await this.#renew(now))) {
      return true;
    }
    this.#fence = undefined;
    await this.#knex('lease')
      .insert({ name: this.#name, holder: '', fence: 0, expires_at: 0 })
      .onConflict('name')
      .ignore();
    const taken = await this.#knex('lease')
      .where('name', this.#name)
      .where('expires_at', '<=', now)
      .update({
        holder: this.#holder,
        fence: this.#knex.raw('fence + 1'),
        expires_at: this.#knex.raw('? + ?', [now, this.#expiryMs]),
        acquired_at: now,
      });
    if (taken > 0) {
      const row = await this.#knex('lease').where('name', this.#name).first();
      if (row?.holder === this.#holder) {
        this.#fence = Number(row.fence);
      }
    }
    return this.isHeld;
  }

  /** Which process has the lease; undefined when none ever had. */
  async holder(): Promise<LeaseHolder | undefined> {
    const row = await this.#knex('lease')
      .where('name', this.#name)
      .where('holder', '<>', '')
      .first('holder', 'acquired_at', 'expires_at', {
        now: databaseNow(this.#knex),
      });
    return (
      row && {
        name: String(row.holder),
        isHeld: Number(row.expires_at) > Number(row.now),
        since: numberOf(row.acquired_at),
      }
    );
  }

  /** Gives the lease back at once. */
  async release(): Promise<void> {
    const fence = this.#fence;
    this.#fence = undefined;
    if (fence !== undefined) {
      await this.#knex('lease')
        .where({ name: this.#name, holder: this.#holder, fence })
        .update({ expires_at: 0 });
    }
  }

  /**
   * To be called inside each transaction of the holder; locks the lease until its end, which comes by
   * itself when the holder falls silent for as long as loses it the lease.
   *
   * @throws LeaseLostError when another process holds it
   */
  async check(transaction: Knex.Transaction): Promise<void> {
    const fence = this.#fence;
    const held =
      fence !== undefined &&
      (await transaction('lease')
        .where({ name: this.#name, holder: this.#holder, fence })
        .modify(unlessSilentFor(transaction, this.#expiryMs))
        .update({ holder: this.#holder }));
    if (!held) {
      this.#fence = undefined;
      throw new LeaseLostError(
        `Another process holds the lease ${this.#name}.`,
      );
    }
  }

  async #renew(now: Knex.Raw): Promise<boolean> {
    const renewed = await this.#knex('lease')
      .where({ name: this.#name, holder: this.#holder, fence: this.#fence })
      .update({ expires_at: this.#knex.raw('? + ?', [now, this.#expiryMs]) });
    return renewed > 0;
  }
}
