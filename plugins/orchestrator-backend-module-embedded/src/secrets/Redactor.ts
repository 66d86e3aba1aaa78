/** Shown instead of a secret value. */
const HIDDEN = '[hidden]';

/** Shorter values can't be told from ordinary text and protect nothing. */
const SHORTEST = 4;

/**
 * Takes secret values out of whatever leaves the engine. A value is also found in the forms in
 * which calls carry it: percent-encoded, base64 and escaped as JSON text.
 */
export class Redactor {
  readonly #pattern: RegExp | undefined;

  private constructor(pattern: RegExp | undefined) {
    this.#pattern = pattern;
  }

  static create(secrets: Iterable<string>): Redactor {
    const forms = new Set(
      [...secrets]
        .filter(({ length }) => length >= SHORTEST)
        .flatMap(spellings),
    );
    // The longest first, so that a secret which contains another one is hidden as a whole.
    const pattern = [...forms]
      .sort((a, b) => b.length - a.length)
      .map(escapeForPattern)
      .join('|');
    return new Redactor(pattern === '' ? undefined : new RegExp(pattern, 'g'));
  }

  /** The text without secret values. */
  text(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, HIDDEN) : text;
  }

  /** The value with every text in it, keys included, redacted; the same object when none is. */
  value<T>(value: T): T;
  value(value: unknown): unknown {
    return this.#pattern ? this.#redact(value) : value;
  }

  #redact(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (Array.isArray(value)) {
      return value.map(item => this.#redact(item));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          this.text(key),
          this.#redact(item),
        ]),
      );
    }
    return value;
  }
}

function spellings(value: string): string[] {
  // The last base64 digits depend on what follows the value, so they are left out.
  const base64 = Buffer.from(value).toString('base64');
  const steady = Math.floor((Buffer.byteLength(value) * 8) / 6);
  return [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    base64.slice(0, steady),
  ];
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
