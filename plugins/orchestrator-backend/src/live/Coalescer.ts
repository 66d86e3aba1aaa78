/** Carries something out at most once in an interval, however often it is asked for. */
export class Coalescer {
  readonly #intervalMs: number;
  readonly #run: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;

  static create(options: { intervalMs: number; run: () => void }): Coalescer {
    return new Coalescer(options.intervalMs, options.run);
  }

  private constructor(intervalMs: number, run: () => void) {
    this.#intervalMs = intervalMs;
    this.#run = run;
  }

  /** At once when the last time is long enough ago, else at the end of the interval. */
  trigger(): void {
    if (this.#timer) {
      this.#isDue = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isDue) {
        this.#isDue = false;
        this.trigger();
      }
    }, this.#intervalMs);
    this.#timer.unref();
    this.#run();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
  }
}
