/** Remembers the ids that came last, so many at most. */
export class RecentIds {
  readonly #limit: number;
  readonly #ids = new Set<string>();

  private constructor(limit: number) {
    this.#limit = limit;
  }

  static create(limit: number): RecentIds {
    return new RecentIds(limit);
  }

  /** False when the id is remembered. */
  add(id: string): boolean {
    if (this.#ids.has(id)) {
      return false;
    }
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > this.#limit) {
      this.#ids.delete(oldest);
    }
    return true;
  }
}
