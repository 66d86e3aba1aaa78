/** Called together, at most once a turn of the event loop however often there is reason to. */
export class Listeners {
  readonly #listeners = new Set<() => void>();
  #isCalling = false;

  /** Gives back the function that unsubscribes. */
  add(listener: () => void): () => void {
    // Wrapped, so that the same function may be added twice.
    const own = () => listener();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  call(): void {
    if (this.#isCalling) {
      return;
    }
    this.#isCalling = true;
    setImmediate(() => {
      this.#isCalling = false;
      this.#listeners.forEach(listener => listener());
    });
  }

  clear(): void {
    this.#listeners.clear();
  }
}
