import { EpochMs } from '../database';
import { InstanceWriter } from '../store';
import { FeedPass, FeedStep } from './FeedStep';

const INTERVAL_MS = 60_000;

/** Rows deleted in one statement, so that none locks the table for long. */
const BATCH = 500;

/** Deletes finished instances that are older than the portal keeps them. */
export class Retention implements FeedStep {
  readonly #writer: InstanceWriter;
  #dueAt: EpochMs = 0;

  static create(options: { writer: InstanceWriter }): Retention {
    return new Retention(options.writer);
  }

  private constructor(writer: InstanceWriter) {
    this.#writer = writer;
  }

  async run({ startedAt }: FeedPass): Promise<void> {
    if (startedAt < this.#dueAt) {
      return;
    }
    const deleted = await this.#writer.deleteExpired(startedAt, BATCH);
    // A full batch means that more wait: the next pass goes on.
    this.#dueAt = deleted < BATCH ? startedAt + INTERVAL_MS : 0;
  }
}
