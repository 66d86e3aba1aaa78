/** Keys of `application.properties`, with `${other.key}` and `${other.key:default}` resolved. */
export class Properties {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: Readonly<Record<string, string>> = {}) {
    this.#values = new Map(Object.entries(values));
  }

  get(key: string): string | undefined {
    const value = this.#values.get(key);
    return value === undefined ? undefined : this.#expand(value, [key]);
  }

  /** The first of the keys that has a value. */
  first(...keys: string[]): string | undefined {
    for (const key of keys) {
      const value = this.get(key);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }

  number(key: string): number | undefined {
    const value = this.get(key);
    const number = Number(value);
    return value === undefined || value.trim() === '' || Number.isNaN(number)
      ? undefined
      : number;
  }

  #expand(value: string, seen: readonly string[]): string {
    return value.replace(
      /\$\{([^}:]+)(?::([^}]*))?\}/g,
      (text, key: string, fallback: string | undefined) => {
        const found = this.#values.get(key);
        return found === undefined || seen.includes(key)
          ? fallback ?? text
          : this.#expand(found, [...seen, key]);
      },
    );
  }
}
