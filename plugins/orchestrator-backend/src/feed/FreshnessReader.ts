import { EpochMs, isoTime } from '../database';
import { FeedState } from './FeedState';

/** How old the last successful pass may be before lists are called stale. */
const STALE_AFTER_MS = 15_000;

/** Tells how current the store is, in the API's terms. */
export class FreshnessReader {
  readonly #state: FeedState;
  readonly #startedAt: EpochMs = Date.now();

  static create(state: FeedState): FreshnessReader {
    return new FreshnessReader(state);
  }

  private constructor(state: FeedState) {
    this.#state = state;
  }

  async read(): Promise<{ asOf: string; stale: boolean }> {
    const { asOf } = await this.#state.freshness();
    // Before the first pass nothing has agreed yet: as old as the process.
    const time = asOf ?? this.#startedAt;
    return { asOf: isoTime(time), stale: Date.now() - time > STALE_AFTER_MS };
  }
}
