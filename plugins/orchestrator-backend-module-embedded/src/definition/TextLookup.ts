import { createHash } from 'node:crypto';

/** Reads a text by URI; rejects with a sentence that says why it can't. */
export type ReadUri = (uri: string) => Promise<string>;

/**
 * The texts that one definition asks for while it is loaded. Each is read once, so that all parts
 * of a load see the same content.
 */
export class TextLookup {
  readonly #read: ReadUri;
  readonly #texts = new Map<string, string>();
  readonly #failures = new Map<string, Error>();
  readonly #wanted = new Set<string>();

  constructor(read: ReadUri) {
    this.#read = read;
  }

  /** A text that was loaded; others are loaded by the next {@link loadWanted}. */
  readonly find = (uri: string): string | undefined => {
    if (!this.#texts.has(uri) && !this.#failures.has(uri)) {
      this.#wanted.add(uri);
    }
    return this.#texts.get(uri);
  };

  /** Loads what was asked for in vain. False when there was nothing. */
  async loadWanted(): Promise<boolean> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    for (const uri of wanted) {
      await this.text(uri).catch(() => {});
    }
    return wanted.length > 0;
  }

  /** Loads a text. Rejects with a sentence that says why it can't be had. */
  async text(uri: string): Promise<string> {
    const known = this.#texts.get(uri);
    if (known !== undefined) {
      return known;
    }
    const failure = this.#failures.get(uri);
    if (failure) {
      throw failure;
    }
    try {
      const text = await this.#read(uri);
      this.#texts.set(uri, text);
      return text;
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      this.#failures.set(uri, reason);
      throw reason;
    }
  }

  /** Why a text that was asked for can't be had. */
  failure(uri: string): string | undefined {
    return this.#failures.get(uri)?.message;
  }

  /** All texts, in a steady order. */
  all(): Record<string, string> {
    return Object.fromEntries([...this.#texts].sort(byUri));
  }

  /** Hashes of everything that was asked for; undefined for what can't be had. */
  dependencies(): Map<string, string | undefined> {
    return new Map([
      ...[...this.#texts].map(([uri, text]) => [uri, textHash(text)] as const),
      ...[...this.#failures.keys()].map(uri => [uri, undefined] as const),
    ]);
  }
}

export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function byUri([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
