import { PlayedIndex, Truth } from './PlayedIndex';

interface Setback {
  id: string;
  row: Truth;
  /** What the index showed since what the row was once equal to. */
  shown: Truth[];
}

/** Watches that the store never goes back to what it knew better before. */
export class Progress {
  readonly #index: PlayedIndex;
  /** Which version of each instance the store has at least. */
  readonly #reached = new Map<string, number>();

  static of(index: PlayedIndex): Progress {
    return new Progress(index);
  }

  private constructor(index: PlayedIndex) {
    this.#index = index;
  }

  /** Rows that went back, or are as the index never showed them. */
  setbacks(rows: Map<string, Truth>): Setback[] {
    return [...rows].flatMap(([id, row]) => {
      const least = this.#reached.get(id) ?? 0;
      const shown = this.#index.versionsOf(id);
      const version = shown.findIndex(
        (each, i) => i >= least && isSame(each, row),
      );
      this.#reached.set(id, version);
      return version < 0 ? [{ id, row, shown: shown.slice(least) }] : [];
    });
  }
}

function isSame(a: Truth, b: Truth): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
