import { JqSyntaxError } from '../errors';
import { Ast, StringPart } from './Ast';
import { Token } from './Token';

const symbols = [
  '?//',
  '//=',
  '|=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '==',
  '!=',
  '<=',
  '>=',
  '//',
  '..',
  '::',
];
const singleSymbols = '.[](){}|,:;=<>+-*/%?$@';

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const namePattern = /(?:[A-Za-z_][A-Za-z0-9_]*::)*[A-Za-z_][A-Za-z0-9_]*/y;
const fieldPattern = /\.([A-Za-z_][A-Za-z0-9_]*)/y;
const variablePattern =
  /\$((?:[A-Za-z_][A-Za-z0-9_]*::)*[A-Za-z_][A-Za-z0-9_]*)/y;
const formatPattern = /@([A-Za-z0-9_]+)/y;
const numberPattern = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;

/** Parses the text inside `\( )`, from the offset on, up to the closing parenthesis. */
export type InterpolationParser = (lexer: Lexer) => Ast;

/** In what the dialects' words differ. */
export interface LexerOptions {
  /** Whether `?//` is one symbol. Default true. */
  hasPatternAlternatives?: boolean;
  /** Whether a string may hold line breaks and other control characters. Default true. */
  hasControlsInStrings?: boolean;
}

/** Cuts program text into tokens, one at a time, since strings contain programs. */
export class Lexer {
  readonly #source: string;
  readonly #parseInterpolation: InterpolationParser;
  readonly #symbols: readonly string[];
  readonly #plainText: RegExp;
  #position = 0;

  constructor(
    source: string,
    parseInterpolation: InterpolationParser,
    {
      hasPatternAlternatives = true,
      hasControlsInStrings = true,
    }: LexerOptions = {},
  ) {
    this.#source = source;
    this.#parseInterpolation = parseInterpolation;
    this.#symbols = hasPatternAlternatives ? symbols : symbols.slice(1);
    this.#plainText = hasControlsInStrings
      ? /[^"\\]+/y
      : // eslint-disable-next-line no-control-regex
        /[^"\\\u0008-\u000a\u000c\u000d]+/y;
  }

  /** Goes back to a token that was read too early. */
  rewind(offset: number) {
    this.#position = offset;
  }

  /** Number of the line, from 1, that an offset is in. */
  lineAt(offset: number): number {
    return this.#source.slice(0, offset).split('\n').length;
  }

  next(): Token {
    this.#skipBlanks();
    const offset = this.#position;
    if (offset >= this.#source.length) {
      return { kind: 'end', offset, end: offset };
    }
    if (this.#source[offset] === '"') {
      const parts = this.#readString();
      return { kind: 'string', parts, offset, end: this.#position };
    }
    return this.#readWord(offset) ?? this.#readSymbol(offset);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#source);
    if (match) {
      this.#position = pattern.lastIndex;
    }
    return match ?? undefined;
  }

  #readWord(offset: number): Token | undefined {
    const number = this.#match(numberPattern);
    if (number) {
      return {
        kind: 'number',
        value: Number(number[0]),
        text: number[0],
        offset,
        end: this.#position,
      };
    }
    for (const [kind, pattern] of [
      ['field', fieldPattern],
      ['variable', variablePattern],
      ['format', formatPattern],
    ] as const) {
      const match = this.#match(pattern);
      if (match) {
        return { kind, text: match[1], offset, end: this.#position };
      }
    }
    const name = this.#match(namePattern);
    return name && { kind: 'name', text: name[0], offset, end: this.#position };
  }

  #readSymbol(offset: number): Token {
    const text =
      this.#symbols.find(symbol => this.#source.startsWith(symbol, offset)) ??
      this.#source[offset];
    if (text.length === 1 && !singleSymbols.includes(text)) {
      throw new JqSyntaxError(`Unexpected character ${text}`, offset);
    }
    this.#position = offset + text.length;
    return { kind: 'symbol', text, offset, end: this.#position };
  }

  /** A comment ends with its line, unless an odd number of backslashes stands before the line end. */
  #skipBlanks() {
    for (;;) {
      this.#match(/[ \t\r\n]*/y);
      if (!this.#match(/#(?:\\(?:\r\n|[^])|[^\\\r\n]|\r(?!\n))*/y)) {
        return;
      }
    }
  }

  #readString(): StringPart[] {
    const start = this.#position;
    const parts: StringPart[] = [];
    let text = '';
    this.#position++;
    for (;;) {
      const plain = this.#match(this.#plainText);
      text += plain?.[0] ?? '';
      const end = this.#source[this.#position];
      if (end === undefined) {
        throw new JqSyntaxError('The string has no end', start);
      }
      if (end !== '"' && end !== '\\') {
        throw new JqSyntaxError(
          'Control characters must be escaped',
          this.#position,
        );
      }
      if (end === '"') {
        this.#position++;
        return text === '' && parts.length > 0 ? parts : [...parts, text];
      }
      if (this.#source[this.#position + 1] === '(') {
        this.#position += 2;
        parts.push(
          ...(text === '' ? [] : [text]),
          this.#parseInterpolation(this),
        );
        text = '';
      } else {
        text += this.#readEscape();
      }
    }
  }

  #readEscape(): string {
    const offset = this.#position;
    const unicode = this.#match(/\\u([0-9a-fA-F]{4})/y);
    if (unicode) {
      return this.#combineSurrogates(parseInt(unicode[1], 16));
    }
    const escaped = escapes[this.#source[offset + 1] ?? ''];
    if (escaped === undefined) {
      throw new JqSyntaxError('Invalid escape', offset);
    }
    this.#position += 2;
    return escaped;
  }

  /** A surrogate without its partner can't be part of a text; it becomes the replacement character. */
  #combineSurrogates(unit: number): string {
    if (unit >= 0xd800 && unit < 0xdc00) {
      const low = this.#match(/\\u([dD][c-fC-F][0-9a-fA-F]{2})/y);
      if (low) {
        return String.fromCharCode(unit, parseInt(low[1], 16));
      }
    }
    const isSurrogate = unit >= 0xd800 && unit < 0xe000;
    return isSurrogate ? '\ufffd' : String.fromCharCode(unit);
  }
}
