import { EpochMs } from '../database';

/** The longest pause, when the engine answers slowly. */
const MAX_PAUSE_MS = 60_000;

/** The longest pause after a pass that failed. */
const MAX_PAUSE_AFTER_FAILURE_MS = 5_000;

export interface PaceSettings {
  /** The shortest pause between two passes. */
  everyMs: number;
  /** How much of the time passes may take in the long run, at most. */
  share: number;
  /**
   * How much time may be saved up while passes are short. One slow pass is then no reason to rest; if
   * each is slow, the savings are soon used up.
   */
  savingsMs: number;
}

/** How long to pause between passes, so that they take no more than their share of the time. */
export class Pace {
  readonly #settings: PaceSettings;
  /** What passes may still take; negative when they took more than their share. */
  #balanceMs: number;
  #settledAt: EpochMs | undefined;

  static create(settings: PaceSettings): Pace {
    return new Pace(settings);
  }

  private constructor(settings: PaceSettings) {
    this.#settings = settings;
    this.#balanceMs = settings.savingsMs;
  }

  /** The pause after a pass that ended now and took so long. */
  pauseMs(tookMs: number, now: EpochMs): number {
    const { everyMs, share, savingsMs } = this.#settings;
    const passedMs = now - (this.#settledAt ?? now);
    const earned = this.#balanceMs + Math.max(0, passedMs) * share;
    this.#settledAt = now;
    this.#balanceMs = Math.max(
      Math.min(savingsMs, earned) - tookMs,
      -MAX_PAUSE_MS * share,
    );
    return Math.max(everyMs, -this.#balanceMs / share);
  }

  /** The pause after one that failed: shorter, so that a recovery is noticed. */
  pauseAfterFailureMs(tookMs: number): number {
    return Math.min(
      Math.max(this.#settings.everyMs, tookMs),
      MAX_PAUSE_AFTER_FAILURE_MS,
    );
  }
}
