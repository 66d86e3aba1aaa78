import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Lease } from './Lease';
import { Round } from './Round';

/** How often the lease is renewed, or asked for by those who stand by; a sixth of its expiry. */
const RENEW_MS = 1_000;

interface LeasedLoopOptions {
  lease: Lease;
  logger: LoggerService;
  /** For the log: what the lease is for, e.g. "the feed". */
  purpose: string;
  /** Go on side by side: none waits for another. */
  rounds: readonly Round[];
}

/** Work that one process at a time does again and again, the one that holds a lease. */
export class LeasedLoop {
  readonly #options: LeasedLoopOptions;
  readonly #stopped = new AbortController();
  #renewing: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();

  static create(options: LeasedLoopOptions): LeasedLoop {
    return new LeasedLoop(options);
  }

  private constructor(options: LeasedLoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#renewing = setInterval(() => void this.#renew(), RENEW_MS);
    this.#running = this.#run();
  }

  /** Ends the passes under way and gives the lease back. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    clearInterval(this.#renewing);
    this.#wakeAll();
    await this.#running;
    await this.#options.lease.release();
  }

  async #run() {
    const { lease, rounds } = this.#options;
    await this.#renew();
    await Promise.all(
      rounds.map(round => round.run(this.#stopped.signal, () => lease.isHeld)),
    );
  }

  #wakeAll() {
    this.#options.rounds.forEach(round => round.wake());
  }

  async #renew() {
    const { lease, logger, purpose } = this.#options;
    try {
      const held = lease.isHeld;
      if ((await lease.acquire()) && !held) {
        this.#wakeAll();
      }
    } catch (error) {
      logger.warn(
        `The lease of ${purpose} can't be renewed: ${stringifyError(error)}`,
      );
    }
  }
}
