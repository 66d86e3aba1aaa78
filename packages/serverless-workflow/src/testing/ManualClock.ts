import { Clock } from '../runtime/Clock';

interface Timer {
  timeMs: number;
  callback: () => void;
}

/** A clock that stands still until it is told to move. */
export class ManualClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(nowMs = Date.parse('2026-01-01T00:00:00Z')) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, callback: () => void): () => void {
    const timer = { timeMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers are running. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Moves on, calling back whom it passes in order of time, and lets what was begun by promises go on
   * after each of them.
   */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await flushPromises();
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.timeMs);
      this.#timers.delete(next);
      next.callback();
      await flushPromises();
    }
    this.#nowMs = untilMs;
  }

  #next(untilMs: number): Timer | undefined {
    return [...this.#timers]
      .filter(timer => timer.timeMs <= untilMs)
      .sort((a, b) => a.timeMs - b.timeMs)[0];
  }
}

/** Lets everything go on that waits for promises that are settled. */
export async function flushPromises(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}
