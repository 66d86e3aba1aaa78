import { HttpFailure } from './HttpFailure';

/**
 * Lets only so many calls to one service run at once, so that a hung service cannot take the
 * portal's connections and memory. Further calls wait in order; a full or closed queue refuses them.
 */
export class ConcurrencyLimit {
  readonly #name: string;
  readonly #running: number;
  readonly #waiting: number;
  #active = 0;
  readonly #queue: Array<{ begin: () => void; refuse: () => void }> = [];
  #isClosed = false;

  private constructor(name: string, running: number, waiting: number) {
    this.#name = name;
    this.#running = running;
    this.#waiting = waiting;
  }

  static create(
    name: string,
    limits: { running: number; waiting: number },
  ): ConcurrencyLimit {
    return new ConcurrencyLimit(name, limits.running, limits.waiting);
  }

  /**
   * Makes the call as soon as there is room.
   *
   * @param options.onWait - told, before this returns, when there is none yet
   * @throws HttpFailure of kind `not-sent` when there is no room and too many wait already, or nobody may
   * wait any more; or the signal's reason
   */
  async run<T>(
    call: () => Promise<T>,
    options: { signal?: AbortSignal; onWait?: () => void } = {},
  ): Promise<T> {
    await this.#enter(options);
    try {
      return await call();
    } finally {
      this.#leave();
    }
  }

  /** Lets nobody wait any more: what has no place is refused, now and later. */
  close() {
    this.#isClosed = true;
    this.#queue.splice(0).forEach(({ refuse }) => refuse());
  }

  async #enter({
    signal,
    onWait,
  }: {
    signal?: AbortSignal;
    onWait?: () => void;
  }): Promise<void> {
    signal?.throwIfAborted();
    if (this.#active < this.#running) {
      this.#active += 1;
      return;
    }
    if (this.#isClosed) {
      throw this.#closed();
    }
    if (this.#queue.length >= this.#waiting) {
      throw new HttpFailure(
        'not-sent',
        `${this.#name} has too many unanswered requests`,
      );
    }
    const turn = this.#waitForTurn(signal);
    onWait?.();
    await turn;
  }

  #waitForTurn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { begin: resolve, refuse: () => reject(this.#closed()) };
      const giveUp = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal?.reason);
      };
      waiting.begin = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#queue.push(waiting);
    });
  }

  #closed(): HttpFailure {
    return new HttpFailure(
      'not-sent',
      `${this.#name} was not called, since the portal is about to end`,
    );
  }

  /** The place goes to the first in the queue, or becomes free. */
  #leave() {
    const next = this.#queue.shift();
    if (next) {
      next.begin();
    } else {
      this.#active -= 1;
    }
  }
}
