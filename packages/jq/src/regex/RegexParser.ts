import { JqError } from '../errors';
import {
  foldCase,
  ignoringCase,
  isDigit,
  isSpace,
  isWord,
  namedTest,
  not,
} from './pointTests';
import { PointTest, RegexFlags, RegexNode } from './RegexNode';

const maxNesting = 200;
const maxRepeat = 100_000;

const controls: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  a: 7,
  e: 27,
};

function fail(message: string): never {
  throw new JqError(`Regex failure: ${message}`);
}

export interface ParsedRegex {
  root: RegexNode;
  /** Names of the groups, by number; groups count from 1. */
  names: (string | undefined)[];
}

/** `\R` */
const lineBreak: RegexNode = {
  kind: 'atomic',
  body: {
    kind: 'choice',
    options: [
      {
        kind: 'sequence',
        items: [13, 10].map(point => ({
          kind: 'point',
          point,
          ignoresCase: false,
        })),
      },
      {
        kind: 'set',
        test: point =>
          (point >= 10 && point <= 13) ||
          point === 0x85 ||
          point === 0x2028 ||
          point === 0x2029,
      },
    ],
  },
};

/** Reads a pattern in the dialect that jq uses: Oniguruma with Perl's syntax and named groups. */
export class RegexParser {
  readonly #pattern: string[];
  #position = 0;
  #flags: RegexFlags;
  #nesting = 0;
  readonly #names: (string | undefined)[] = [undefined];
  /** References by name are resolved when all groups are known. */
  readonly #pending: { name: string; groups: number[] }[] = [];

  constructor(pattern: string, flags: RegexFlags) {
    this.#pattern = Array.from(pattern);
    this.#flags = { ...flags };
  }

  parse(): ParsedRegex {
    const root = this.#choice();
    if (this.#peek() !== undefined) {
      fail('unmatched close parenthesis');
    }
    for (const { name, groups } of this.#pending) {
      groups.push(...this.#groupsNamed(name));
    }
    return { root, names: this.#names };
  }

  #groupsNamed(name: string): number[] {
    const found = this.#names.flatMap((other, i) =>
      other === name ? [i] : [],
    );
    return found.length > 0
      ? found
      : fail(`undefined name <${name}> reference`);
  }

  #peek(ahead = 0): string | undefined {
    return this.#pattern[this.#position + ahead];
  }

  #take(): string {
    const next = this.#pattern[this.#position];
    this.#position++;
    return next ?? fail('end pattern');
  }

  #startsWith(text: string): boolean {
    return Array.from(text).every((c, i) => this.#peek(i) === c);
  }

  #skip(text: string): boolean {
    const isHere = this.#startsWith(text);
    if (isHere) {
      this.#position += text.length;
    }
    return isHere;
  }

  #choice(): RegexNode {
    this.#nesting++;
    if (this.#nesting > maxNesting) {
      fail('nested too deeply');
    }
    const options = [this.#sequence()];
    while (this.#skip('|')) {
      options.push(this.#sequence());
    }
    this.#nesting--;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      this.#skipExtended();
      const next = this.#peek();
      if (next === undefined || next === '|' || next === ')') {
        return { kind: 'sequence', items };
      }
      const atom = this.#atom();
      if (atom) {
        items.push(this.#repeated(atom));
      }
    }
  }

  #skipExtended() {
    while (this.#flags.isExtended) {
      if (/^\s$/.test(this.#peek() ?? '')) {
        this.#position++;
      } else if (this.#peek() === '#') {
        while (this.#peek() !== undefined && this.#peek() !== '\n') {
          this.#position++;
        }
      } else {
        return;
      }
    }
  }

  #repeated(atom: RegexNode): RegexNode {
    let node = atom;
    for (;;) {
      this.#skipExtended();
      const bounds = this.#bounds();
      if (!bounds) {
        return node;
      }
      const [min, max] = bounds;
      let mode: 'greedy' | 'lazy' | 'possessive' = 'greedy';
      if (this.#skip('?')) {
        mode = 'lazy';
      } else if (this.#skip('+')) {
        mode = 'possessive';
      }
      node = { kind: 'repeat', body: node, min, max, mode };
    }
  }

  #bounds(): [number, number] | undefined {
    if (this.#skip('*')) {
      return [0, Infinity];
    }
    if (this.#skip('+')) {
      return [1, Infinity];
    }
    if (this.#skip('?')) {
      return [0, 1];
    }
    return this.#peek() === '{' ? this.#countedBounds() : undefined;
  }

  /** Braces that are no bounds stand for themselves. */
  #countedBounds(): [number, number] | undefined {
    const rest = this.#pattern
      .slice(this.#position, this.#position + 20)
      .join('');
    const match = /^\{(\d+)(,?)(\d*)\}/.exec(rest);
    if (!match) {
      return undefined;
    }
    this.#position += match[0].length;
    const min = Number(match[1]);
    const open = match[3] === '' ? Infinity : Number(match[3]);
    const max = match[2] === '' ? min : open;
    if (max < min) {
      fail('upper is smaller than lower in repeat range');
    }
    if (min > maxRepeat || (max !== Infinity && max > maxRepeat)) {
      fail('too big number is specified for repeat range');
    }
    return [min, max];
  }

  /** Undefined for what only changes flags or is a comment. */
  #atom(): RegexNode | undefined {
    const next = this.#take();
    switch (next) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'set', test: this.#foldSet(this.#class()) };
      case '.':
        return {
          kind: 'set',
          test: this.#flags.dotMatchesAll ? () => true : point => point !== 10,
        };
      case '^':
        return {
          kind: 'assertion',
          assertion: this.#flags.isMultiLine ? 'line start' : 'text start',
        };
      case '$':
        return {
          kind: 'assertion',
          assertion: this.#flags.isMultiLine
            ? 'line end'
            : 'text end or last line break',
        };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        return fail('target of repeat operator is not specified');
      default:
        return this.#literal(next.codePointAt(0) ?? 0);
    }
  }

  #literal(point: number): RegexNode {
    const { ignoresCase } = this.#flags;
    return {
      kind: 'point',
      point: ignoresCase ? foldCase(point) : point,
      ignoresCase,
    };
  }

  #foldSet(test: PointTest): PointTest {
    return this.#flags.ignoresCase ? ignoringCase(test) : test;
  }

  #group(): RegexNode | undefined {
    if (!this.#skip('?')) {
      this.#names.push(undefined);
      return this.#capture(this.#names.length - 1);
    }
    if (this.#skip('#')) {
      while (this.#take() !== ')') {
        // The text of a comment.
      }
      return undefined;
    }
    for (const [mark, behind, negated] of [
      ['<=', true, false],
      ['<!', true, true],
      ['=', false, false],
      ['!', false, true],
    ] as const) {
      if (this.#skip(mark)) {
        return { kind: 'look', behind, negated, body: this.#closed() };
      }
    }
    if (this.#skip('>')) {
      return { kind: 'atomic', body: this.#closed() };
    }
    if (this.#skip(':')) {
      return this.#closed();
    }
    if (this.#skip('<') || this.#skip('P<') || this.#skip("'")) {
      return this.#namedGroup();
    }
    return this.#flagGroup();
  }

  /** What is inside up to the closing parenthesis; flags that are set inside end there. */
  #closed(): RegexNode {
    const outer = { ...this.#flags };
    const body = this.#choice();
    if (!this.#skip(')')) {
      fail('end pattern with unmatched parenthesis');
    }
    this.#flags = outer;
    return body;
  }

  #capture(index: number): RegexNode {
    return { kind: 'group', index, body: this.#closed() };
  }

  #namedGroup(): RegexNode {
    const close = this.#peek(-1) === "'" ? "'" : '>';
    const name = this.#readName(close, 'invalid group name');
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      fail(`invalid group name <${name}>`);
    }
    this.#names.push(name);
    return this.#capture(this.#names.length - 1);
  }

  #readName(close: string, problem: string): string {
    let name = '';
    while (this.#peek() !== close) {
      if (this.#peek() === undefined) {
        fail(`${problem} <${name}>`);
      }
      name += this.#take();
    }
    this.#position++;
    return name;
  }

  #flagGroup(): RegexNode | undefined {
    const outer = { ...this.#flags };
    let value = true;
    for (;;) {
      const flag = this.#take();
      switch (flag) {
        case '-':
          value = false;
          break;
        case 'i':
          this.#flags.ignoresCase = value;
          break;
        case 'x':
          this.#flags.isExtended = value;
          break;
        case 's':
          this.#flags.dotMatchesAll = value;
          break;
        case 'm':
          this.#flags.isMultiLine = value;
          break;
        case ')':
          // Up to the end of the surrounding group, alternatives included.
          return this.#choice();
        case ':': {
          const body = this.#closed();
          this.#flags = outer;
          return body;
        }
        default:
          fail('undefined group option');
      }
    }
  }

  #escape(): RegexNode {
    const next = this.#peek();
    if (next === undefined) {
      return fail('end pattern at escape');
    }
    const special = this.#escapedSpecial(next);
    if (special) {
      this.#position++;
      return special;
    }
    if (/[1-9]/.test(next)) {
      return this.#numberedReference();
    }
    if (next === 'k' && (this.#peek(1) === '<' || this.#peek(1) === "'")) {
      return this.#namedReference();
    }
    const test = this.#escapedSet();
    return test
      ? { kind: 'set', test: this.#foldSet(test) }
      : this.#literal(this.#escapedPoint());
  }

  #escapedSpecial(letter: string): RegexNode | undefined {
    switch (letter) {
      case 'A':
        return { kind: 'assertion', assertion: 'text start' };
      case 'z':
        return { kind: 'assertion', assertion: 'text end' };
      case 'Z':
        return { kind: 'assertion', assertion: 'text end or last line break' };
      case 'b':
        return { kind: 'assertion', assertion: 'word boundary' };
      case 'B':
        return { kind: 'assertion', assertion: 'no word boundary' };
      case 'G':
        return { kind: 'assertion', assertion: 'search start' };
      case 'K':
        return { kind: 'keep' };
      case 'R':
        return lineBreak;
      case 'Q':
        return this.#quoted();
      default:
        return undefined;
    }
  }

  /** `\Q…\E`; the letter Q is skipped by the caller, so the last character is left to it. */
  #quoted(): RegexNode {
    this.#position++;
    const items: RegexNode[] = [];
    while (this.#peek() !== undefined && !this.#startsWith('\\E')) {
      items.push(this.#literal(this.#take().codePointAt(0) ?? 0));
    }
    if (this.#startsWith('\\E')) {
      this.#position++;
    } else {
      this.#position--;
    }
    return { kind: 'sequence', items };
  }

  #numberedReference(): RegexNode {
    let digits = '';
    while (/[0-9]/.test(this.#peek() ?? '')) {
      digits += this.#take();
    }
    const index = Number(digits);
    if (index >= 10 && index >= this.#names.length) {
      const octal = /^[0-7]{1,3}/.exec(digits)?.[0] ?? '';
      this.#position -= digits.length - octal.length;
      return this.#literal(parseInt(octal, 8) || 0);
    }
    const { ignoresCase } = this.#flags;
    return { kind: 'reference', groups: [index], ignoresCase };
  }

  #namedReference(): RegexNode {
    this.#position++;
    const close = this.#take() === '<' ? '>' : "'";
    const name = this.#readName(close, 'invalid group name');
    const { ignoresCase } = this.#flags;
    if (/^\d+$/.test(name)) {
      return { kind: 'reference', groups: [Number(name)], ignoresCase };
    }
    const groups: number[] = [];
    this.#pending.push({ name, groups });
    return { kind: 'reference', groups, ignoresCase };
  }

  /** `\d` and its like; undefined when the escape is a character. */
  #escapedSet(): PointTest | undefined {
    const sets: Readonly<Record<string, PointTest>> = {
      d: isDigit,
      w: isWord,
      s: isSpace,
    };
    const letter = this.#peek() ?? '';
    const test = sets[letter.toLowerCase()];
    if (test) {
      this.#position++;
      return letter in sets ? test : not(test);
    }
    if ((letter === 'p' || letter === 'P') && this.#peek(1) === '{') {
      this.#position += 2;
      const isInverted = this.#skip('^') !== (letter === 'P');
      const name = this.#readName('}', 'invalid character property name');
      const found =
        namedTest(name) ?? fail(`invalid character property name {${name}}`);
      return isInverted ? not(found) : found;
    }
    return undefined;
  }

  /** The character that an escape stands for. */
  #escapedPoint(): number {
    const letter = this.#take();
    if (letter === 'x') {
      return this.#hexPoint();
    }
    if (/[0-7]/.test(letter)) {
      let digits = letter;
      while (digits.length < 3 && /[0-7]/.test(this.#peek() ?? '')) {
        digits += this.#take();
      }
      return parseInt(digits, 8);
    }
    return controls[letter] ?? letter.codePointAt(0) ?? 0;
  }

  #hexPoint(): number {
    if (this.#skip('{')) {
      const digits = this.#readName('}', 'invalid code point value');
      const point = parseInt(digits, 16);
      return point <= 0x10ffff ? point : fail('too big wide-char value');
    }
    let digits = '';
    while (digits.length < 2 && /[0-9a-fA-F]/.test(this.#peek() ?? '')) {
      digits += this.#take();
    }
    return digits === '' ? 0 : parseInt(digits, 16);
  }

  /** What is in brackets, the opening one being read. */
  #class(): PointTest {
    const isNegated = this.#skip('^');
    const tests: PointTest[] = [];
    let isFirst = true;
    for (;;) {
      if (this.#peek() === undefined) {
        fail('premature end of char-class');
      }
      if (!isFirst && this.#skip(']')) {
        break;
      }
      isFirst = false;
      tests.push(this.#classItem());
    }
    const isIn: PointTest = point => tests.some(test => test(point));
    return isNegated ? not(isIn) : isIn;
  }

  #classItem(): PointTest {
    const posix = this.#posixClass();
    if (posix) {
      return posix;
    }
    if (this.#peek() === '\\') {
      this.#position++;
      const test = this.#escapedSet();
      if (test) {
        return test;
      }
      this.#position--;
    }
    const low = this.#classPoint();
    if (
      this.#peek() !== '-' ||
      this.#peek(1) === ']' ||
      this.#peek(1) === undefined
    ) {
      return point => point === low;
    }
    this.#position++;
    const high = this.#classPoint();
    if (high < low) {
      fail('empty range in char class');
    }
    return point => point >= low && point <= high;
  }

  #classPoint(): number {
    const next = this.#take();
    if (next !== '\\') {
      return next.codePointAt(0) ?? 0;
    }
    if (this.#peek() === undefined) {
      fail('end pattern at escape');
    }
    return this.#skip('b') ? 8 : this.#escapedPoint();
  }

  #posixClass(): PointTest | undefined {
    const rest = this.#pattern
      .slice(this.#position, this.#position + 14)
      .join('');
    const match = /^\[:(\^?)([a-z]+):\]/.exec(rest);
    const test = match ? namedTest(match[2]) : undefined;
    if (!match || !test) {
      return undefined;
    }
    this.#position += match[0].length;
    return match[1] ? not(test) : test;
  }
}
