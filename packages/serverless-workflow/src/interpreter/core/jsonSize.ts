import { Json } from '../../model';

/**
 * Measures JSON texts. Sizes of objects and arrays are remembered, so that data of which a small part
 * has changed is measured in time proportional to that part. Values must not be changed afterwards.
 */
export class JsonSizes {
  readonly #known = new WeakMap<object, number>();

  /** Length of the JSON text, about. */
  of(value: Json): number {
    if (typeof value === 'string') {
      return value.length + 2;
    }
    if (typeof value !== 'object' || value === null) {
      return 5;
    }
    const known = this.#known.get(value);
    if (known !== undefined) {
      return known;
    }
    const size = Array.isArray(value)
      ? this.#ofArray(value)
      : this.#ofObject(value);
    this.#known.set(value, size);
    return size;
  }

  #ofArray(array: readonly Json[]): number {
    let size = 2;
    for (const element of array) {
      size += 1 + this.of(element);
    }
    return size;
  }

  #ofObject(object: { readonly [key: string]: Json }): number {
    let size = 2;
    for (const key of Object.keys(object)) {
      size += key.length + 4 + this.of(object[key]);
    }
    return size;
  }
}
