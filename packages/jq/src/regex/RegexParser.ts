import { foldCase, ignoringCase } from './pointTests';
import { escapedNodes } from './escapedNodes';
import { readCharacterClass } from './readCharacterClass';
import { readRepeat } from './readRepeat';
import { fail, RegexCursor } from './RegexCursor';
import { readEscapedPoint, readEscapedSet } from './regexEscapes';
import { PointTest, RegexFlags, RegexNode } from './RegexNode';

const maxNesting = 200;

export interface ParsedRegex {
  root: RegexNode;
  /** Names of the groups, by number; groups count from 1. */
  names: (string | undefined)[];
}

/** Reads a pattern in the dialect that jq uses: Oniguruma with Perl's syntax and named groups. */
export class RegexParser {
  readonly #cursor: RegexCursor;
  #flags: RegexFlags;
  #nesting = 0;
  readonly #names: (string | undefined)[] = [undefined];
  /** References by name are resolved when all groups are known. */
  readonly #pending: { name: string; groups: number[] }[] = [];

  constructor(pattern: string, flags: RegexFlags) {
    this.#cursor = new RegexCursor(pattern);
    this.#flags = { ...flags };
  }

  parse(): ParsedRegex {
    const root = this.#choice();
    if (this.#cursor.peek() !== undefined) {
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

  #choice(): RegexNode {
    this.#nesting++;
    if (this.#nesting > maxNesting) {
      fail('nested too deeply');
    }
    const options = [this.#sequence()];
    while (this.#cursor.skip('|')) {
      options.push(this.#sequence());
    }
    this.#nesting--;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      this.#skipExtended();
      const next = this.#cursor.peek();
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
      if (/^\s$/.test(this.#cursor.peek() ?? '')) {
        this.#cursor.position++;
      } else if (this.#cursor.peek() === '#') {
        while (
          this.#cursor.peek() !== undefined &&
          this.#cursor.peek() !== '\n'
        ) {
          this.#cursor.position++;
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
      const repeat = readRepeat(this.#cursor);
      if (!repeat) {
        return node;
      }
      node = { kind: 'repeat', body: node, ...repeat };
    }
  }

  /** Undefined for what only changes flags or is a comment. */
  #atom(): RegexNode | undefined {
    const next = this.#cursor.take();
    switch (next) {
      case '(':
        return this.#group();
      case '[':
        return {
          kind: 'set',
          test: this.#foldSet(readCharacterClass(this.#cursor)),
        };
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
    if (!this.#cursor.skip('?')) {
      this.#names.push(undefined);
      return this.#capture(this.#names.length - 1);
    }
    if (this.#cursor.skip('#')) {
      while (this.#cursor.take() !== ')') {
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
      if (this.#cursor.skip(mark)) {
        return { kind: 'look', behind, negated, body: this.#closed() };
      }
    }
    if (this.#cursor.skip('>')) {
      return { kind: 'atomic', body: this.#closed() };
    }
    if (this.#cursor.skip(':')) {
      return this.#closed();
    }
    if (
      this.#cursor.skip('<') ||
      this.#cursor.skip('P<') ||
      this.#cursor.skip("'")
    ) {
      return this.#namedGroup();
    }
    return this.#flagGroup();
  }

  /** What is inside up to the closing parenthesis; flags that are set inside end there. */
  #closed(): RegexNode {
    const outer = { ...this.#flags };
    const body = this.#choice();
    if (!this.#cursor.skip(')')) {
      fail('end pattern with unmatched parenthesis');
    }
    this.#flags = outer;
    return body;
  }

  #capture(index: number): RegexNode {
    return { kind: 'group', index, body: this.#closed() };
  }

  #namedGroup(): RegexNode {
    const close = this.#cursor.peek(-1) === "'" ? "'" : '>';
    const name = this.#cursor.readName(close, 'invalid group name');
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      fail(`invalid group name <${name}>`);
    }
    this.#names.push(name);
    return this.#capture(this.#names.length - 1);
  }

  #flagGroup(): RegexNode | undefined {
    const outer = { ...this.#flags };
    let value = true;
    for (;;) {
      const flag = this.#cursor.take();
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
    const next = this.#cursor.peek();
    if (next === undefined) {
      return fail('end pattern at escape');
    }
    const meaning = escapedNodes.get(next);
    if (meaning) {
      this.#cursor.position++;
      return meaning;
    }
    if (next === 'Q') {
      return this.#quoted();
    }
    if (/[1-9]/.test(next)) {
      return this.#numberedReference();
    }
    if (
      next === 'k' &&
      (this.#cursor.peek(1) === '<' || this.#cursor.peek(1) === "'")
    ) {
      return this.#namedReference();
    }
    const test = readEscapedSet(this.#cursor);
    return test
      ? { kind: 'set', test: this.#foldSet(test) }
      : this.#literal(readEscapedPoint(this.#cursor));
  }

  /** `\Q…\E`, or up to the end of the pattern. */
  #quoted(): RegexNode {
    this.#cursor.position++;
    const items: RegexNode[] = [];
    while (!this.#cursor.skip('\\E') && this.#cursor.peek() !== undefined) {
      items.push(this.#literal(this.#cursor.take().codePointAt(0) ?? 0));
    }
    return { kind: 'sequence', items };
  }

  #numberedReference(): RegexNode {
    let digits = '';
    while (/[0-9]/.test(this.#cursor.peek() ?? '')) {
      digits += this.#cursor.take();
    }
    const index = Number(digits);
    if (index >= 10 && index >= this.#names.length) {
      const octal = /^[0-7]{1,3}/.exec(digits)?.[0] ?? '';
      this.#cursor.position -= digits.length - octal.length;
      return this.#literal(parseInt(octal, 8) || 0);
    }
    const { ignoresCase } = this.#flags;
    return { kind: 'reference', groups: [index], ignoresCase };
  }

  #namedReference(): RegexNode {
    this.#cursor.position++;
    const close = this.#cursor.take() === '<' ? '>' : "'";
    const name = this.#cursor.readName(close, 'invalid group name');
    const { ignoresCase } = this.#flags;
    if (/^\d+$/.test(name)) {
      return { kind: 'reference', groups: [Number(name)], ignoresCase };
    }
    const groups: number[] = [];
    this.#pending.push({ name, groups });
    return { kind: 'reference', groups, ignoresCase };
  }
}
