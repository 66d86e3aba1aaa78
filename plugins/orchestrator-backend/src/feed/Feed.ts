import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { FeedState } from './FeedState';
import { FeedStep } from './FeedStep';
import { Lease, LeaseLostError } from './Lease';
import { LeasedLoop } from './LeasedLoop';

/** The longest pause, when the engine answers slowly. */
const MAX_PAUSE_MS = 60_000;

/** The longest pause after a pass that failed. */
const MAX_PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * Keeps the instance store equal to the engine. One process at a time reads, the one that holds the
 * lease; the others stand by.
 */
export class Feed {
  readonly #lease: Lease;
  readonly #state: FeedState;
  readonly #steps: readonly FeedStep[];
  readonly #logger: LoggerService;
  readonly #loop: LeasedLoop;
  #failure: string | undefined;
  /** What the last pass took, without the waiting for workflow services. */
  #indexMs = 0;

  /** @param options.pollMs - pause between passes when nothing wakes the feed */
  static create(options: {
    lease: Lease;
    state: FeedState;
    steps: readonly FeedStep[];
    logger: LoggerService;
    pollMs: number;
  }): Feed {
    return new Feed(options);
  }

  private constructor(options: {
    lease: Lease;
    state: FeedState;
    steps: readonly FeedStep[];
    logger: LoggerService;
    pollMs: number;
  }) {
    this.#lease = options.lease;
    this.#state = options.state;
    this.#steps = options.steps;
    this.#logger = options.logger;
    this.#loop = LeasedLoop.create({
      lease: options.lease,
      logger: options.logger,
      purpose: 'the feed',
      pass: signal => this.#pass(signal),
      pauseMs: () => this.#pauseMs(options.pollMs),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Ends the pass under way and gives the lease back. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Lets the next pass begin at once. */
  wake(): void {
    this.#loop.wake();
  }

  /**
   * A poll scans the index's tables: the engine gets ten times its duration to rest. After a failure
   * it is asked again sooner, however long that took, so that its recovery is noticed.
   */
  #pauseMs(pollMs: number): number {
    const tookMs = this.#indexMs;
    return this.#failure === undefined
      ? Math.min(Math.max(pollMs, tookMs * 10), MAX_PAUSE_MS)
      : Math.min(Math.max(pollMs, tookMs), MAX_PAUSE_AFTER_FAILURE_MS);
  }

  /** Reads everything once. */
  async #pass(signal: AbortSignal): Promise<void> {
    const startedAt = Date.now();
    let isBehind = false;
    this.#indexMs = 0;
    try {
      for (const step of this.#steps) {
        const outcome = await this.#take(step, startedAt, signal);
        isBehind ||= outcome === 'behind';
      }
      if (isBehind) {
        await this.#state.progressed();
        this.#loop.wake();
      } else {
        await this.#state.succeeded(startedAt);
      }
      if (this.#failure !== undefined) {
        this.#failure = undefined;
        this.#logger.info('The workflow engine can be read again');
      }
    } catch (error) {
      if (!signal.aborted) {
        await this.#failed(error);
      }
    }
  }

  async #take(step: FeedStep, startedAt: number, signal: AbortSignal) {
    const begunAt = Date.now();
    try {
      return await step.run({
        startedAt,
        signal,
        checkLease: transaction => this.#lease.check(transaction),
      });
    } finally {
      this.#indexMs += step.asksServices ? 0 : Date.now() - begunAt;
    }
  }

  async #failed(error: unknown) {
    const message = stringifyError(error);
    if (error instanceof LeaseLostError) {
      this.#logger.info('Another process reads the workflow engine by now');
      return;
    }
    if (this.#failure !== message) {
      this.#failure = message;
      this.#logger.warn(`The workflow engine can't be read: ${message}`);
    }
    try {
      await this.#state.failed(message);
    } catch (cause) {
      this.#logger.error(
        `The state of the feed can't be stored: ${stringifyError(cause)}`,
      );
    }
  }
}
