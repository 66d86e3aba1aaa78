import { Json } from '../../model';

/** How large a JSON value is. */
export interface JsonMeasure {
  /** Length of the JSON text, about. */
  size: number;
  /** Objects and lists inside each other; infinite beyond the depth that was measured. */
  depth: number;
}

/**
 * Measures JSON values. What objects and arrays measure is remembered, so that data of which a small
 * part has changed is measured in time proportional to that part. Values must not be changed
 * afterwards.
 */
export class JsonMeasures {
  readonly #known = new WeakMap<object, JsonMeasure>();

  /** @param maxDepth - what lies deeper is not looked at */
  of(value: Json, maxDepth: number): JsonMeasure {
    if (typeof value === 'string') {
      return { size: value.length + 2, depth: 0 };
    }
    if (typeof value !== 'object' || value === null) {
      return { size: 5, depth: 0 };
    }
    const known = this.#known.get(value);
    if (known !== undefined) {
      return known;
    }
    if (maxDepth === 0) {
      return { size: 0, depth: Infinity };
    }
    const measure = Array.isArray(value)
      ? this.#ofArray(value, maxDepth)
      : this.#ofObject(value, maxDepth);
    // As data by itself it may not be too deep.
    if (measure.depth !== Infinity) {
      this.#known.set(value, measure);
    }
    return measure;
  }

  #ofArray(array: readonly Json[], maxDepth: number): JsonMeasure {
    let size = 2;
    let depth = 0;
    for (const element of array) {
      const inner = this.of(element, maxDepth - 1);
      size += 1 + inner.size;
      depth = Math.max(depth, inner.depth);
    }
    return { size, depth: depth + 1 };
  }

  #ofObject(
    object: { readonly [key: string]: Json },
    maxDepth: number,
  ): JsonMeasure {
    let size = 2;
    let depth = 0;
    for (const key of Object.keys(object)) {
      const inner = this.of(object[key], maxDepth - 1);
      size += key.length + 4 + inner.size;
      depth = Math.max(depth, inner.depth);
    }
    return { size, depth: depth + 1 };
  }
}
