import { TooManyRequestsError } from './errors';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Principals remembered; who has not asked for longest is forgotten first. */
const PRINCIPALS = 10_000;

/** Lets each principal do something so many times at once, and so many times a minute in the long run. */
export class RateLimiter {
  readonly #deed: string;
  readonly #burst: number;
  readonly #perMs: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param options.deed - what is limited, as in "you start workflows too quickly" */
  static create(options: {
    burst: number;
    perMinute: number;
    deed: string;
    now?: () => number;
  }): RateLimiter {
    return new RateLimiter(options);
  }

  private constructor(options: {
    burst: number;
    perMinute: number;
    deed: string;
    now?: () => number;
  }) {
    this.#deed = options.deed;
    this.#burst = options.burst;
    this.#perMs = options.perMinute / 60_000;
    this.#now = options.now ?? Date.now;
  }

  /** @throws TooManyRequestsError with the time after which it is possible again */
  take(principal: string): void {
    const now = this.#now();
    const known = this.#buckets.get(principal);
    const tokens = known
      ? Math.min(
          this.#burst,
          known.tokens + (now - known.filledAt) * this.#perMs,
        )
      : this.#burst;
    this.#buckets.delete(principal);
    this.#buckets.set(principal, {
      tokens: tokens < 1 ? tokens : tokens - 1,
      filledAt: now,
    });
    this.#forget();
    if (tokens < 1) {
      const seconds = Math.ceil((1 - tokens) / this.#perMs / 1000);
      throw new TooManyRequestsError(
        `You ${this.#deed} too quickly; try again in ${seconds} s.`,
        seconds,
      );
    }
  }

  #forget() {
    for (const principal of this.#buckets.keys()) {
      if (this.#buckets.size <= PRINCIPALS) {
        return;
      }
      this.#buckets.delete(principal);
    }
  }
}
