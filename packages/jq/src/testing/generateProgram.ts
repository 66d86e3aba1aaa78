import { Random } from './Random';

/** What generated programs are made of. */
export interface Vocabulary {
  /** Builtins that take no argument, and those that take code or values. */
  functions: Readonly<Record<string, readonly Argument[]>>;
  /** Whether the dialect has `?//`, `if` without `else` and other news of jq 1.7. */
  isModern: boolean;
}

/** What an argument of a builtin should be like. */
export type Argument =
  | 'code'
  | 'text'
  | 'number'
  | 'path'
  | 'pattern'
  | 'flags';

const names = ['a', 'b', 'c', 'name'];
const literals = ['null', 'true', 'false', '0', '1', '2', '-1', '1.5', '10'];
const texts = ['""', '"a"', '"b"', '"abc"', '","', '"x y"', '"é"', '"12"'];
const patterns = [
  '"a"',
  '"[a-c]+"',
  '"(?<x>.)b?"',
  '""',
  '"(a)|(b)"',
  '"^."',
  '"\\\\w+$"',
  '"."',
];
const operators = ['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>='];
const assignments = ['=', '|=', '+=', '-=', '*=', '//='];

/** Writes random programs that are valid and often do something. */
export class ProgramGenerator {
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  readonly #functionNames: readonly string[];
  #variables: string[] = [];

  constructor(random: Random, vocabulary: Vocabulary) {
    this.#random = random;
    this.#vocabulary = vocabulary;
    this.#functionNames = Object.keys(vocabulary.functions);
  }

  program(): string {
    this.#variables = [];
    return this.#code(4);
  }

  #code(depth: number): string {
    if (depth <= 0) {
      return this.#leaf();
    }
    const inner = () => this.#code(depth - 1);
    const choices: (() => string)[] = [
      () => this.#leaf(),
      () => this.#leaf(),
      () => this.#access(depth),
      () => this.#access(depth),
      () => `${inner()} | ${inner()}`,
      () => `${inner()} | ${inner()}`,
      () => `(${inner()}, ${inner()})`,
      () => `(${inner()} ${this.#random.pick(operators)} ${inner()})`,
      () => `(${inner()} ${this.#random.pick(['and', 'or', '//'])} ${inner()})`,
      () => `[${inner()}]`,
      () => `[${inner()}]`,
      () => this.#object(depth),
      () => this.#call(depth),
      () => this.#call(depth),
      () => this.#call(depth),
      () => this.#control(depth),
      () => this.#binding(depth),
      () => this.#assignment(depth),
      () => `"x\\(${inner()})y"`,
      () => `(-${this.#term(depth)})`,
    ];
    return this.#random.pick(choices)();
  }

  #leaf(): string {
    const { below, pick } = {
      below: (n: number) => this.#random.below(n),
      pick: <T>(choices: readonly T[]) => this.#random.pick(choices),
    };
    switch (below(8)) {
      case 0:
        return pick(literals);
      case 1:
        return pick(texts);
      case 2:
        return this.#variables.length > 0 ? pick(this.#variables) : '.';
      case 3:
        return '..';
      case 4:
        return '.[]?';
      case 5:
      case 6:
        return `.${pick(names)}${this.#random.chance(0.5) ? '?' : ''}`;
      default:
        return '.';
    }
  }

  #term(depth: number): string {
    return `(${this.#code(depth - 1)})`;
  }

  #access(depth: number): string {
    const optional = this.#random.chance(0.6) ? '?' : '';
    const target = this.#random.chance(0.6) ? '.' : this.#term(depth);
    const number = () => String(this.#random.below(5) - 2);
    switch (this.#random.below(6)) {
      case 0:
        return `${target}[]${optional}`;
      case 1:
        return `${target}[${number()}]${optional}`;
      case 2:
        return `${target}[${number()}:${number()}]${optional}`;
      case 3:
        return `${target}[${this.#random.pick(texts)}]${optional}`;
      case 4:
        return `${target}[${this.#code(depth - 2)}]${optional}`;
      default:
        return `${target === '.' ? '' : target}.${this.#random.pick(
          names,
        )}${optional}`;
    }
  }

  #object(depth: number): string {
    const entries = Array.from({ length: this.#random.below(3) }, () => {
      const name = this.#random.pick(names);
      return this.#random.pick([
        () => name,
        () => `${name}: ${this.#term(depth)}`,
        () => `"${name}\\(1)": ${this.#term(depth)}`,
        () => `(${this.#random.pick(texts)}): ${this.#term(depth)}`,
      ])();
    });
    return `{${entries.join(', ')}}`;
  }

  #call(depth: number): string {
    const name = this.#random.pick(this.#functionNames);
    const args = this.#vocabulary.functions[name].map(kind =>
      this.#argument(kind, depth),
    );
    const call = args.length > 0 ? `${name}(${args.join('; ')})` : name;
    return this.#random.chance(0.3) ? `(${call})?` : call;
  }

  #argument(kind: Argument, depth: number): string {
    if (this.#random.chance(0.1)) {
      return this.#code(depth - 1);
    }
    switch (kind) {
      case 'text':
        return this.#random.pick(texts);
      case 'number':
        return String(this.#random.below(6) - 1);
      case 'pattern':
        return this.#random.pick(patterns);
      case 'flags':
        return this.#random.pick(['"g"', '""', '"i"', '"gx"', 'null']);
      case 'path':
        return this.#random.pick([
          '.a',
          '.[0]',
          '.[]?',
          '..',
          '.a.b?',
          '.[1:]?',
        ]);
      default:
        return this.#code(depth - 1);
    }
  }

  #control(depth: number): string {
    const inner = () => this.#code(depth - 1);
    switch (this.#random.below(6)) {
      case 0:
        return `if ${inner()} then ${inner()} else ${inner()} end`;
      case 1:
        return this.#vocabulary.isModern
          ? `if ${inner()} then ${inner()} end`
          : `if ${inner()} then ${inner()} elif ${inner()} then 1 else 2 end`;
      case 2:
        return `(try ${this.#term(depth)} catch "caught")`;
      case 3:
        return `(${inner()})?`;
      case 4:
        return `(label $out | ${this.#term(
          depth,
        )} | if . == 1 then break $out else . end)`;
      default:
        return `(def f: ${this.#term(depth)}; ${this.#random.pick([
          'f',
          '[f]',
          'f | f',
        ])})`;
    }
  }

  #binding(depth: number): string {
    const source = this.#term(depth);
    const isNew = !this.#variables.includes('$x');
    this.#variables = [...new Set([...this.#variables, '$x'])];
    const body = this.#code(depth - 1);
    const update = `. + ${this.#term(depth)}`;
    if (isNew) {
      this.#variables = this.#variables.filter(name => name !== '$x');
    }
    switch (this.#random.below(5)) {
      case 0:
        return `(reduce ${source} as $x (null; ${update}))`;
      case 1:
        return `(foreach ${source} as $x (0; ${update}))`;
      case 2:
        return `(${source} as [$x] | ${body})`;
      case 3:
        return `(${source} as {a: $x} | ${body})`;
      default:
        return `(${source} as $x | ${body})`;
    }
  }

  #assignment(depth: number): string {
    const target = this.#random.pick([
      '.a',
      '.[0]',
      '.a.b',
      '.[]?',
      '.["c"]',
      '.[1:]',
      '(.a, .b)',
      'first(.[]?)',
      '(.. | select(type == "number"))',
    ]);
    return `(${target} ${this.#random.pick(assignments)} ${this.#term(depth)})`;
  }
}
