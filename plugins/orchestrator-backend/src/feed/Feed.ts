import { LoggerService } from '@backstage/backend-plugin-api';
import { FeedReport } from './FeedReport';
import { FeedRound } from './FeedRound';
import { FeedState } from './FeedState';
import { FeedStep } from './FeedStep';
import { Lease } from './Lease';
import { LeasedLoop } from './LeasedLoop';
import { Pace } from './Pace';
import { Round } from './Round';

/** Reading may take a tenth of the time: a Data Index without indexes scans its whole tables. */
const SHARE = 0.1;

/** What one pass over the changes may take now and then without a rest. */
const SAVINGS_MS = 2_000;

/**
 * Keeps the instance store equal to the engine. One process at a time reads, the one that holds the
 * lease; the others stand by.
 *
 * Three rounds go on side by side, so that what is new never waits for what takes long:
 *
 * - `changes`: what changed just now
 * - `past`: what may have been missed, and what is long unfinished
 * - `upkeep`: all that waits for workflow services, the catalog or the own database; while one of them
 *   is away, the rest is done
 */
export class Feed {
  readonly #loop: LeasedLoop;
  readonly #changes: Round;
  readonly #upkeep: Round;

  /** @param options.pollMs - pause between passes when nothing wakes the feed */
  static create(options: {
    lease: Lease;
    state: FeedState;
    changes: readonly FeedStep[];
    past: readonly FeedStep[];
    upkeep: readonly FeedStep[];
    logger: LoggerService;
    pollMs: number;
  }): Feed {
    return new Feed(options);
  }

  private constructor(options: {
    lease: Lease;
    state: FeedState;
    changes: readonly FeedStep[];
    past: readonly FeedStep[];
    upkeep: readonly FeedStep[];
    logger: LoggerService;
    pollMs: number;
  }) {
    const { lease, logger, pollMs: everyMs } = options;
    const shared = { lease, report: FeedReport.create(options) };
    this.#changes = FeedRound.create({
      ...shared,
      name: 'changes',
      steps: options.changes,
      pace: Pace.create({ everyMs, share: SHARE, savingsMs: SAVINGS_MS }),
      tellsFreshness: true,
    }).round;
    const past = FeedRound.create({
      ...shared,
      name: 'past',
      steps: options.past,
      pace: Pace.create({ everyMs, share: SHARE, savingsMs: 0 }),
    }).round;
    this.#upkeep = FeedRound.create({
      ...shared,
      name: 'upkeep',
      steps: options.upkeep,
      // It asks the index for next to nothing.
      pace: Pace.create({ everyMs, share: 1, savingsMs: 0 }),
      stepsAreIndependent: true,
    }).round;
    this.#loop = LeasedLoop.create({
      lease,
      logger,
      purpose: 'the feed',
      rounds: [this.#changes, past, this.#upkeep],
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Ends the passes under way and gives the lease back. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Something changed: reads it at once. */
  wake(): void {
    this.#changes.wake();
    this.#upkeep.wake();
  }
}
