/** A pause that can be cut short, also by a call that came just before it. */
export class Waker {
  #isDue = false;
  #end: (() => void) | undefined;

  static create(): Waker {
    return new Waker();
  }

  private constructor() {}

  wake(): void {
    this.#isDue = true;
    this.#end?.();
  }

  /** Waits for `maxMs`, or until woken but at least `minMs`. */
  async pause(minMs: number, maxMs: number): Promise<void> {
    await delay(minMs);
    if (!this.#isDue) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, Math.max(0, maxMs - minMs));
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#end = undefined;
    }
    this.#isDue = false;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}
