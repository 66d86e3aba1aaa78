import { Assertion } from './RegexNode';
import { foldCase, isWord } from './pointTests';
import { RegexProgram } from './RegexProgram';

export interface MatchOptions {
  /** Called for each instruction, so that a budget can end the search. */
  onStep: (count: number) => void;
  /** Called when the list of ways left to try grows. */
  onGrow: (count: number) => void;
  /** Takes the longest match at a position instead of the first. */
  isLongest: boolean;
  /** An empty match does not count. */
  isNotEmpty: boolean;
}

const newline = 10;
const stepsAtOnce = 64;

/**
 * Runs a pattern over a text with an explicit list of the ways left to try, so that neither long texts
 * nor bad patterns can use up the stack, and the budget can end it at any step.
 */
export class RegexMatcher {
  readonly #program: RegexProgram;
  readonly #text: readonly number[];
  readonly #options: MatchOptions;
  #searchStart = 0;
  #steps = 0;
  #best: number[] | undefined;

  constructor(
    program: RegexProgram,
    text: readonly number[],
    options: MatchOptions,
  ) {
    this.#program = program;
    this.#text = text;
    this.#options = options;
  }

  /**
   * The registers of the first match from a position on: start and end of the match, then of each
   * group, -1 where a group took no part.
   */
  search(from: number): number[] | undefined {
    this.#searchStart = from;
    for (let start = from; start <= this.#text.length; start++) {
      const registers = this.#matchAt(start);
      if (registers) {
        return registers;
      }
    }
    return undefined;
  }

  #matchAt(start: number): number[] | undefined {
    const registers: number[] = new Array(this.#program.registers).fill(-1);
    registers[0] = start;
    this.#best = undefined;
    const end = this.#run(0, start, registers, true);
    if (end >= 0) {
      registers[1] = end;
      return registers;
    }
    return this.#best;
  }

  #count() {
    this.#steps++;
    if (this.#steps === stepsAtOnce) {
      this.#steps = 0;
      this.#options.onStep(stepsAtOnce);
    }
  }

  /** Where a match ends that starts here; -1 when there is none. Registers are changed on success. */
  #run(
    startAt: number,
    startPosition: number,
    registers: number[],
    isWhole: boolean,
  ): number {
    const { instructions } = this.#program;
    // Entries of three: instruction and position to go back to, or ~register and the value it had.
    const ways: number[] = [];
    let at = startAt;
    let position = startPosition;
    for (;;) {
      this.#count();
      const instruction = instructions[at];
      let succeeds = true;
      switch (instruction.op) {
        case 'point':
        case 'set':
          succeeds = this.#testPoint(instruction, position);
          position++;
          at++;
          break;
        case 'split':
          this.#push(ways, instruction.second, position);
          at = instruction.first;
          break;
        case 'jump':
          at = instruction.to;
          break;
        case 'save':
          this.#push(
            ways,
            ~instruction.register,
            registers[instruction.register],
          );
          registers[instruction.register] = position;
          at++;
          break;
        case 'progress':
          if (registers[instruction.register] === position) {
            at++;
          }
          at++;
          break;
        case 'assertion':
          succeeds = this.#holds(instruction.assertion, position);
          at++;
          break;
        case 'reference': {
          const length = this.#reference(instruction, position, registers);
          succeeds = length >= 0;
          position += length;
          at++;
          break;
        }
        case 'atomic':
        case 'look': {
          const saved = [...registers];
          const end = this.#inner(instruction, at, position, registers);
          succeeds = end >= 0;
          this.#keepChanges(ways, saved, registers);
          position = end;
          at = instruction.end;
          break;
        }
        default:
          if (!isWhole || this.#accepts(position, registers)) {
            return position;
          }
          succeeds = false;
      }
      if (!succeeds) {
        [at, position] = this.#back(ways, registers);
        if (at < 0) {
          return -1;
        }
      }
    }
  }

  #push(ways: number[], target: number, value: number) {
    ways.push(target, value);
    if (ways.length % 64 === 0) {
      this.#options.onGrow(64);
    }
  }

  /** Undoes changes up to the last way left to try; -1 when there is none. */
  #back(ways: number[], registers: number[]): [number, number] {
    while (ways.length > 0) {
      const value = ways.pop() ?? 0;
      const target = ways.pop() ?? 0;
      if (target >= 0) {
        return [target, value];
      }
      registers[~target] = value;
    }
    return [-1, -1];
  }

  #keepChanges(ways: number[], saved: number[], registers: number[]) {
    for (const [i, value] of saved.entries()) {
      if (registers[i] !== value) {
        this.#push(ways, ~i, value);
      }
    }
  }

  #testPoint(
    instruction:
      | { op: 'point'; point: number; ignoresCase: boolean }
      | { op: 'set'; test: (point: number) => boolean },
    position: number,
  ): boolean {
    if (position >= this.#text.length) {
      return false;
    }
    const point = this.#text[position];
    if (instruction.op === 'set') {
      return instruction.test(point);
    }
    return (
      point === instruction.point ||
      (instruction.ignoresCase && foldCase(point) === instruction.point)
    );
  }

  #accepts(position: number, registers: number[]): boolean {
    if (this.#options.isNotEmpty && position === registers[0]) {
      return false;
    }
    if (!this.#options.isLongest) {
      return true;
    }
    if (!this.#best || position > this.#best[1]) {
      this.#best = [...registers];
      this.#best[1] = position;
    }
    return false;
  }

  /** Where the text goes on after the inner pattern; -1 when that does not hold. */
  #inner(
    instruction: {
      op: 'atomic' | 'look';
      negated?: boolean;
      behind?: { min: number; max: number };
    },
    at: number,
    position: number,
    registers: number[],
  ): number {
    if (instruction.op === 'atomic') {
      return this.#run(at + 1, position, registers, false);
    }
    const saved = [...registers];
    const found = instruction.behind
      ? this.#lookBehind(instruction.behind, at, position, registers)
      : this.#run(at + 1, position, registers, false) >= 0;
    if (instruction.negated) {
      saved.forEach((value, i) => {
        registers[i] = value;
      });
    }
    return found === Boolean(instruction.negated) ? -1 : position;
  }

  #lookBehind(
    { min, max }: { min: number; max: number },
    at: number,
    position: number,
    registers: number[],
  ): boolean {
    const first = Math.max(0, position - max);
    for (let start = position - min; start >= first; start--) {
      this.#count();
      const end = this.#run(at + 1, start, registers, false);
      if (end === position) {
        return true;
      }
    }
    return false;
  }

  #reference(
    { groups, ignoresCase }: { groups: number[]; ignoresCase: boolean },
    position: number,
    registers: number[],
  ): number {
    const group = [...groups]
      .reverse()
      .find(index => (registers[2 * index + 1] ?? -1) >= 0);
    if (group === undefined) {
      return -1;
    }
    const start = registers[2 * group];
    const length = registers[2 * group + 1] - start;
    for (let i = 0; i < length; i++) {
      this.#count();
      const wanted = this.#text[start + i];
      const found = this.#text[position + i];
      const isEqual =
        wanted === found ||
        (ignoresCase &&
          found !== undefined &&
          foldCase(wanted) === foldCase(found));
      if (!isEqual) {
        return -1;
      }
    }
    return length;
  }

  #holds(assertion: Assertion, position: number): boolean {
    const text = this.#text;
    const isEnd = position === text.length;
    switch (assertion) {
      case 'text start':
        return position === 0;
      case 'text end':
        return isEnd;
      case 'text end or last line break':
        return (
          isEnd || (position === text.length - 1 && text[position] === newline)
        );
      case 'line start':
        return position === 0 || (text[position - 1] === newline && !isEnd);
      case 'line end':
        return isEnd || text[position] === newline;
      case 'search start':
        return position === this.#searchStart;
      default:
        return this.#isBoundary(position) === (assertion === 'word boundary');
    }
  }

  #isBoundary(position: number): boolean {
    const before = position > 0 && isWord(this.#text[position - 1]);
    const after = position < this.#text.length && isWord(this.#text[position]);
    return before !== after;
  }
}
