import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Lease } from './Lease';
import { Waker } from './Waker';

/** How often the lease is renewed, or asked for by those who stand by; a sixth of its expiry. */
const RENEW_MS = 1_000;

/** The shortest pause between two passes, so that a storm of changes is read in pages. */
const MIN_PAUSE_MS = 50;

interface LeasedLoopOptions {
  lease: Lease;
  logger: LoggerService;
  /** For the log: what the lease is for, e.g. "the feed". */
  purpose: string;
  /** Does the work once, in the process that holds the lease. Never rejects. */
  pass: (signal: AbortSignal) => Promise<void>;
  /** How long to pause when nothing wakes the loop, after a pass that took so long. */
  pauseMs: (tookMs: number) => number;
}

/** Work that one process at a time does again and again, the one that holds a lease. */
export class LeasedLoop {
  readonly #options: LeasedLoopOptions;
  readonly #waker = Waker.create();
  readonly #stopped = new AbortController();
  #renewing: NodeJS.Timeout | undefined;
  #loop: Promise<void> = Promise.resolve();

  static create(options: LeasedLoopOptions): LeasedLoop {
    return new LeasedLoop(options);
  }

  private constructor(options: LeasedLoopOptions) {
    this.#options = options;
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
    await this.#options.lease.release();
  }

  /** Lets the next pass begin at once. */
  wake(): void {
    this.#waker.wake();
  }

  async #run() {
    const { lease, pass, pauseMs } = this.#options;
    const { signal } = this.#stopped;
    await this.#renew();
    while (!signal.aborted) {
      const startedAt = Date.now();
      if (lease.isHeld) {
        await pass(signal);
      }
      await this.#waker.pause(MIN_PAUSE_MS, pauseMs(Date.now() - startedAt));
    }
  }

  async #renew() {
    const { lease, logger, purpose } = this.#options;
    try {
      const held = lease.isHeld;
      if ((await lease.acquire()) && !held) {
        this.#waker.wake();
      }
    } catch (error) {
      logger.warn(
        `The lease of ${purpose} can't be renewed: ${stringifyError(error)}`,
      );
    }
  }
}
