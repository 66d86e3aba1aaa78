/** A stretch of work after which others have theirs. */
export class Turn {
  readonly #endsAt: number;

  private constructor(durationMs: number) {
    this.#endsAt = performance.now() + durationMs;
  }

  static begin(durationMs: number): Turn {
    return new Turn(durationMs);
  }

  get isOver(): boolean {
    return performance.now() > this.#endsAt;
  }
}
