import { Waker } from './Waker';

/** How often a process that stands by looks whether it may work; gaining the right wakes it. */
const STAND_BY_MS = 1_000;

/** The shortest pause between two passes, so that a storm of changes is read in pages. */
const MIN_PAUSE_MS = 50;

interface RoundOptions {
  /** Does the work once. Never rejects. */
  pass: (signal: AbortSignal) => Promise<void>;
  /** How long to pause after the last pass when nothing wakes the round. */
  pauseMs: () => number;
}

/** Work that is done again and again, with a pause in between that can be cut short. */
export class Round {
  readonly #options: RoundOptions;
  readonly #waker = Waker.create();

  static create(options: RoundOptions): Round {
    return new Round(options);
  }

  private constructor(options: RoundOptions) {
    this.#options = options;
  }

  /** Lets the next pass begin at once. */
  wake(): void {
    this.#waker.wake();
  }

  /** Goes on until the signal, whenever this process may. */
  async run(signal: AbortSignal, mayPass: () => boolean): Promise<void> {
    const { pass, pauseMs } = this.#options;
    while (!signal.aborted) {
      const works = mayPass();
      if (works) {
        await pass(signal);
      }
      await this.#waker.pause(MIN_PAUSE_MS, works ? pauseMs() : STAND_BY_MS);
    }
  }
}
