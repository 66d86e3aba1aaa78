import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { FeedState } from './FeedState';
import { FeedStep } from './FeedStep';
import { Lease, LeaseLostError } from './Lease';
import { Waker } from './Waker';

/** How often the lease is renewed; a third of its expiry. */
const RENEW_MS = 2_000;

/** The shortest pause between two passes, so that a storm of changes is read in pages. */
const MIN_PAUSE_MS = 50;

/** The longest pause, when the engine answers slowly. */
const MAX_PAUSE_MS = 60_000;

/**
 * Keeps the instance store equal to the engine. One process at a time reads, the one that holds the
 * lease; the others stand by.
 */
export class Feed {
  readonly #lease: Lease;
  readonly #state: FeedState;
  readonly #steps: readonly FeedStep[];
  readonly #logger: LoggerService;
  readonly #pollMs: number;
  readonly #waker = Waker.create();
  readonly #stopped = new AbortController();
  #renewing: NodeJS.Timeout | undefined;
  #loop: Promise<void> = Promise.resolve();
  #failure: string | undefined;

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
    this.#pollMs = options.pollMs;
  }

  start(): void {
    this.#renewing = setInterval(() => void this.#renew(), RENEW_MS);
    this.#loop = this.#run();
  }

  /** Ends the pass under way and gives the lease back. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    clearInterval(this.#renewing);
    this.#waker.wake();
    await this.#loop;
    await this.#lease.release();
  }

  /** Lets the next pass begin at once. */
  wake(): void {
    this.#waker.wake();
  }

  /** Reads everything once; does nothing in a process that stands by. */
  async pass(): Promise<void> {
    if (!this.#lease.isHeld) {
      return;
    }
    const startedAt = Date.now();
    try {
      for (const step of this.#steps) {
        await step.run({
          startedAt,
          signal: this.#stopped.signal,
          checkLease: transaction => this.#lease.check(transaction),
        });
      }
      await this.#state.succeeded(startedAt);
      if (this.#failure !== undefined) {
        this.#failure = undefined;
        this.#logger.info('The workflow engine can be read again');
      }
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #run() {
    await this.#renew();
    while (!this.#stopped.signal.aborted) {
      const startedAt = Date.now();
      await this.pass();
      const tookMs = Date.now() - startedAt;
      await this.#waker.pause(
        MIN_PAUSE_MS,
        // A poll scans the index's tables: the engine gets ten times its duration to rest.
        Math.min(Math.max(this.#pollMs, tookMs * 10), MAX_PAUSE_MS),
      );
    }
  }

  async #renew() {
    try {
      const held = this.#lease.isHeld;
      if ((await this.#lease.acquire()) && !held) {
        this.#waker.wake();
      }
    } catch (error) {
      this.#logger.warn(
        `The lease of the feed can't be renewed: ${stringifyError(error)}`,
      );
    }
  }

  async #failed(error: unknown) {
    if (this.#stopped.signal.aborted) {
      return;
    }
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
