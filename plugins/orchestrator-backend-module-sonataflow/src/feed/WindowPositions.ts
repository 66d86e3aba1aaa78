import { TimePosition, TimeRange } from './TimePager';

const KEPT = 200;

/** How far a window was read: so many rows, and where the next one is. */
export interface WindowPlace {
  offset: number;
  position?: TimePosition;
}

/**
 * Remembers where the pages of windows began, so that page after page is read without counting from
 * the start. What was forgotten is found by reading the window again.
 */
export class WindowPositions {
  readonly #places = new Map<string, WindowPlace>();

  static create(): WindowPositions {
    return new WindowPositions();
  }

  /** The remembered place at the offset, or else the start of the window. */
  nearest(range: TimeRange, offset: number): WindowPlace {
    return this.#places.get(keyOf(range, offset)) ?? { offset: 0 };
  }

  /** The end of a window is not remembered: it may grow. */
  remember(range: TimeRange, place: WindowPlace) {
    if (!place.position) {
      return;
    }
    this.#places.set(keyOf(range, place.offset), place);
    if (this.#places.size > KEPT) {
      const [oldest] = this.#places.keys();
      this.#places.delete(oldest);
    }
  }
}

function keyOf(range: TimeRange, offset: number): string {
  const { field, from, to, states } = range;
  return JSON.stringify([field, from, to, states, offset]);
}
