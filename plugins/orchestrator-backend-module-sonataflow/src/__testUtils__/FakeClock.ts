import { Clock } from '../http/Clock';

/** Time that moves only when told, or when somebody sleeps. */
export class FakeClock implements Clock {
  #now: number;

  constructor(now: string = '2026-01-01T00:00:00.000Z') {
    this.#now = Date.parse(now);
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number): Promise<void> {
    this.#now += ms;
  }

  advance(ms: number) {
    this.#now += ms;
  }
}
