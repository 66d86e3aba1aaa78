import { Clock } from './Clock';
import { HttpFailure } from './HttpFailure';

const FAILURES_UNTIL_OPEN = 5;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Stops calling a service that keeps failing, so that neither it nor its callers wait in vain. After
 * a pause, which doubles up to a bound, a single trial decides whether calls are made again.
 */
export class CircuitBreaker {
  readonly #name: string;
  readonly #clock: Clock;
  #failures = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #openUntil = 0;
  #trialRunning = false;

  private constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
  }

  /** `name` appears in the message of a refused call. */
  static create(name: string, clock: Clock): CircuitBreaker {
    return new CircuitBreaker(name, clock);
  }

  /**
   * Makes the call unless the circuit is open.
   *
   * @throws HttpFailure of kind `not-sent` when it is open
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const isTrial = this.#isOpen();
    if (isTrial) {
      this.#beginTrial();
    }
    try {
      const result = await call();
      this.#close();
      return result;
    } catch (error) {
      if (countsAsFailure(error)) {
        this.#countFailure(isTrial);
      }
      throw error;
    } finally {
      if (isTrial) {
        this.#trialRunning = false;
      }
    }
  }

  #isOpen(): boolean {
    return this.#failures >= FAILURES_UNTIL_OPEN;
  }

  #beginTrial() {
    if (this.#trialRunning || this.#clock.now() < this.#openUntil) {
      throw new HttpFailure(
        'not-sent',
        `${this.#name} failed repeatedly and is not called for a while`,
      );
    }
    this.#trialRunning = true;
  }

  #close() {
    this.#failures = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  #countFailure(isTrial: boolean) {
    this.#failures += 1;
    if (!this.#isOpen()) {
      return;
    }
    this.#openUntil = this.#clock.now() + this.#pauseMs;
    if (isTrial) {
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}

/** An answer that is too large, or a caller who gave up, says nothing about the service's health. */
function countsAsFailure(error: unknown): boolean {
  return error instanceof HttpFailure && error.kind !== 'too-large';
}
