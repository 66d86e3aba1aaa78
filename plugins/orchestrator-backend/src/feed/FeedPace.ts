/** The index is read for a tenth of the time at most. */
const REST_FACTOR = 10;

/** Passes that the average duration looks back on. */
const MEMORY = 5;

/** The longest pause, when the engine answers slowly. */
const MAX_PAUSE_MS = 60_000;

/** The longest pause after a pass that failed. */
const MAX_PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * How long the feed pauses between two passes. A pass scans the index's tables, so the engine gets ten
 * times its duration to rest: on average, since now and then a pass looks far back, and changes must
 * not wait for the rest that this one alone would earn.
 */
export class FeedPace {
  readonly #pollMs: number;
  #averageMs = 0;

  /** @param pollMs - the shortest pause */
  static create(pollMs: number): FeedPace {
    return new FeedPace(pollMs);
  }

  private constructor(pollMs: number) {
    this.#pollMs = pollMs;
  }

  /** The pause after a pass that took so long. */
  pauseMs(tookMs: number): number {
    this.#averageMs += (tookMs - this.#averageMs) / MEMORY;
    return Math.min(
      Math.max(this.#pollMs, this.#averageMs * REST_FACTOR),
      MAX_PAUSE_MS,
    );
  }

  /** The pause after one that failed: shorter, so that a recovery is noticed. */
  pauseAfterFailureMs(tookMs: number): number {
    return Math.min(Math.max(this.#pollMs, tookMs), MAX_PAUSE_AFTER_FAILURE_MS);
  }
}
