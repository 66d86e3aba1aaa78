import { SourceField, SourceNode, SyntaxResult } from './SourceNode';
import { SourceLimits } from './SourceLimits';
import { duplicateKey, tooDeep, tooMany } from './syntaxProblems';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class JsonSyntaxError extends Error {
  constructor(
    message: string,
    readonly offset: number,
    readonly code = 'syntax',
  ) {
    super(message);
  }
}

class JsonReader {
  readonly problems: SyntaxResult['problems'] = [];
  readonly #text: string;
  readonly #limits: SourceLimits;
  #at = 0;
  #values = 0;

  constructor(text: string, limits: SourceLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  read(): SourceNode {
    const root = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) {
      throw this.#unexpected('the end of the file');
    }
    return root;
  }

  #value(depth: number): SourceNode {
    this.#skipSpace();
    if (depth > this.#limits.depth) throw this.#limit(tooDeep(this.#limits));
    this.#values += 1;
    if (this.#values > this.#limits.values) {
      throw this.#limit(tooMany(this.#limits));
    }
    const start = this.#at;
    switch (this.#text[start]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#scalar(start, this.#string());
      default:
        return this.#numberOrWord(start);
    }
  }

  #object(depth: number): SourceNode {
    const start = this.#at;
    const fields: SourceField[] = [];
    const keys = new Set<string>();
    this.#at += 1;
    this.#skipSpace();
    while (this.#text[this.#at] !== '}') {
      if (fields.length > 0) this.#expect(',', '"," or "}"');
      this.#skipSpace();
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') {
        throw this.#unexpected('a name in double quotes');
      }
      const key = this.#string();
      const keySpan = { start: keyStart, end: this.#at };
      if (keys.has(key)) this.problems.push(duplicateKey(key, keyStart));
      keys.add(key);
      this.#skipSpace();
      this.#expect(':', '":"');
      fields.push({ key, keySpan, value: this.#value(depth + 1) });
      this.#skipSpace();
    }
    this.#at += 1;
    return { kind: 'object', fields, span: { start, end: this.#at } };
  }

  #list(depth: number): SourceNode {
    const start = this.#at;
    const items: SourceNode[] = [];
    this.#at += 1;
    this.#skipSpace();
    while (this.#text[this.#at] !== ']') {
      if (items.length > 0) this.#expect(',', '"," or "]"');
      items.push(this.#value(depth + 1));
      this.#skipSpace();
    }
    this.#at += 1;
    return { kind: 'list', items, span: { start, end: this.#at } };
  }

  #string(): string {
    const start = this.#at;
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at += 1;
        return this.#unescape(start, this.#at);
      }
      if (character < ' ') break;
      if (character === '\\') this.#at += 1;
    }
    throw new JsonSyntaxError('This text has no closing quote.', start);
  }

  #unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.#text.slice(start, end));
    } catch {
      throw new JsonSyntaxError(
        'This text has an escape that JSON does not know.',
        start,
      );
    }
  }

  #numberOrWord(start: number): SourceNode {
    NUMBER.lastIndex = start;
    const number = NUMBER.exec(this.#text);
    const word = /^[a-z]*/.exec(this.#text.slice(start, start + 6))?.[0] ?? '';
    const constant = WORDS.get(word);
    if (constant === undefined && !number) throw this.#unexpected('a value');
    const written = constant === undefined && number ? number[0] : word;
    this.#at = start + written.length;
    if (/[\w.+-]/.test(this.#text[this.#at] ?? '')) {
      this.#at = start;
      throw this.#unexpected('a value');
    }
    return this.#scalar(
      start,
      constant === undefined ? Number(written) : constant,
    );
  }

  #scalar(start: number, value: string | number | boolean | null): SourceNode {
    const span = { start, end: this.#at };
    const written =
      typeof value === 'string' ? value : this.#text.slice(start, this.#at);
    return { kind: 'scalar', value, written, span };
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #expect(character: string, wanted: string): void {
    if (this.#text[this.#at] !== character) throw this.#unexpected(wanted);
    this.#at += 1;
  }

  #unexpected(wanted: string): JsonSyntaxError {
    const found = this.#text[this.#at];
    return new JsonSyntaxError(
      found === undefined
        ? `The file ends where ${wanted} should be.`
        : `Found ${JSON.stringify(found)} where ${wanted} should be.`,
      this.#at,
    );
  }

  #limit({ message, code }: { message: string; code: string }) {
    return new JsonSyntaxError(message, this.#at, code);
  }
}

/** Reads JSON as strictly as RFC 8259, keeping the place of each value. Never throws. */
export function readJson(text: string, limits: SourceLimits): SyntaxResult {
  const reader = new JsonReader(text, limits);
  try {
    return { root: reader.read(), problems: reader.problems };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { code, message, offset } = error;
    return {
      problems: [
        ...reader.problems,
        { severity: 'error', code, message, offset },
      ],
    };
  }
}
