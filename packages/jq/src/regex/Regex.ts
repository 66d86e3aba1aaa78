import { Run } from '../run/Run';
import { RegexFlags } from './RegexNode';
import { RegexMatcher } from './RegexMatcher';
import { RegexParser } from './RegexParser';
import { RegexCompiler, RegexProgram } from './RegexProgram';

export interface RegexOptions extends RegexFlags {
  isLongest: boolean;
  isNotEmpty: boolean;
}

/** A part of a text, in code points. */
export interface Span {
  start: number;
  end: number;
}

export interface RegexMatch extends Span {
  /** By number from 0, which is the first group; undefined where a group took no part. */
  groups: (Span | undefined)[];
}

const cached = new Map<string, RegexProgram>();
const maxCached = 200;

function programOf(pattern: string, flags: RegexFlags): RegexProgram {
  const key = `${JSON.stringify(Object.values(flags))}${pattern}`;
  const known = cached.get(key);
  if (known) {
    return known;
  }
  const { root, names } = new RegexParser(pattern, flags).parse();
  const program = new RegexCompiler(names.length).compile(root, names);
  if (cached.size >= maxCached) {
    cached.clear();
  }
  cached.set(key, program);
  return program;
}

/** A pattern with its options. */
export class Regex {
  /** Names of the groups, from the first on. */
  readonly names: readonly (string | undefined)[];
  readonly #program: RegexProgram;
  readonly #options: RegexOptions;

  private constructor(program: RegexProgram, options: RegexOptions) {
    this.#program = program;
    this.#options = options;
    this.names = program.names.slice(1);
  }

  /** @throws JqError when the pattern is not valid */
  static create(pattern: string, options: RegexOptions): Regex {
    const { ignoresCase, isExtended, dotMatchesAll, isMultiLine } = options;
    const flags = { ignoresCase, isExtended, dotMatchesAll, isMultiLine };
    return new Regex(programOf(pattern, flags), options);
  }

  /** Looks for matches in a text, which is given in code points. */
  matcher(
    run: Run,
    text: readonly number[],
  ): (from: number) => RegexMatch | undefined {
    const matcher = new RegexMatcher(this.#program, text, {
      onStep: count => run.step(count),
      onGrow: count => run.grow(count),
      isLongest: this.#options.isLongest,
      isNotEmpty: this.#options.isNotEmpty,
    });
    return from => {
      run.step();
      const registers = matcher.search(from);
      return registers && toMatch(registers, this.names.length);
    };
  }
}

function toMatch(registers: number[], groupCount: number): RegexMatch {
  const groups = Array.from({ length: groupCount }, (_, i) => {
    const start = registers[2 * i + 2];
    const end = registers[2 * i + 3];
    return start >= 0 && end >= 0 ? { start, end } : undefined;
  });
  return { start: registers[0], end: registers[1], groups };
}
