import { JqError } from '../errors';

/** Says what is wrong with a pattern, in the words of Oniguruma. */
export function fail(message: string): never {
  throw new JqError(`Regex failure: ${message}`);
}

/** The place in a pattern up to which it has been read. */
export class RegexCursor {
  readonly #pattern: string[];
  position = 0;

  constructor(pattern: string) {
    this.#pattern = Array.from(pattern);
  }

  /** What comes next, up to some characters. */
  rest(length: number): string {
    return this.#pattern.slice(this.position, this.position + length).join('');
  }

  peek(ahead = 0): string | undefined {
    return this.#pattern[this.position + ahead];
  }

  /** The next character; a pattern that has none is refused. */
  take(): string {
    const next = this.#pattern[this.position];
    this.position++;
    return next ?? fail('end pattern');
  }

  startsWith(text: string): boolean {
    return Array.from(text).every((c, i) => this.peek(i) === c);
  }

  /** Goes on behind a text, if it comes next. */
  skip(text: string): boolean {
    const isHere = this.startsWith(text);
    if (isHere) {
      this.position += text.length;
    }
    return isHere;
  }

  /** A name up to a character, which is skipped. */
  readName(close: string, problem: string): string {
    let name = '';
    while (this.peek() !== close) {
      if (this.peek() === undefined) {
        fail(`${problem} <${name}>`);
      }
      name += this.take();
    }
    this.position++;
    return name;
  }
}
