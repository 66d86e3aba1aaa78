import { Knex } from 'knex';
import { EpochMs } from '../database';

/** What a step may use during one pass of the feed. */
export interface FeedPass {
  startedAt: EpochMs;
  signal: AbortSignal;
  /** Asks the engine, and counts how long that keeps it busy. */
  ask<T>(question: () => Promise<T>): Promise<T>;
  /** To be called first in each transaction: throws when another process feeds by now. */
  checkLease(transaction: Knex.Transaction): Promise<void>;
}

/** One of the things that the feed does in each pass. */
export interface FeedStep {
  /** Tells when there is more to read than one pass takes in. */
  run(pass: FeedPass): Promise<void | 'behind'>;
}
