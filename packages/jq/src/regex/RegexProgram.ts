import { JqError } from '../errors';
import { Assertion, PointTest, RegexNode } from './RegexNode';

/** One step of a matcher. Numbers lead to other instructions. */
export type Instruction =
  | { op: 'point'; point: number; ignoresCase: boolean }
  | { op: 'set'; test: PointTest }
  | { op: 'assertion'; assertion: Assertion }
  /** Tries the first way, then the second. */
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; to: number }
  /** Keeps the position in a register: start or end of a group. */
  | { op: 'save'; register: number }
  /** Leaves a loop that matched nothing in its last round. */
  | { op: 'progress'; register: number }
  | { op: 'reference'; groups: number[]; ignoresCase: boolean }
  | { op: 'atomic'; end: number }
  | {
      op: 'look';
      end: number;
      negated: boolean;
      /** How far back to start, for a look behind. */
      behind: { min: number; max: number } | undefined;
    }
  | { op: 'match' };

export interface RegexProgram {
  instructions: Instruction[];
  registers: number;
  names: (string | undefined)[];
}

const maxInstructions = 50_000;

/** Turns a parsed pattern into instructions. */
export class RegexCompiler {
  readonly #instructions: Instruction[] = [];
  #registers: number;

  constructor(groups: number) {
    this.#registers = 2 * groups;
  }

  compile(root: RegexNode, names: (string | undefined)[]): RegexProgram {
    this.#node(root);
    this.#emit({ op: 'match' });
    return {
      instructions: this.#instructions,
      registers: this.#registers,
      names,
    };
  }

  get #next(): number {
    return this.#instructions.length;
  }

  #emit<T extends Instruction>(instruction: T): T {
    if (this.#next >= maxInstructions) {
      throw new JqError('Regex failure: too large pattern');
    }
    this.#instructions.push(instruction);
    return instruction;
  }

  #node(node: RegexNode) {
    switch (node.kind) {
      case 'empty':
        break;
      case 'point':
        this.#emit({
          op: 'point',
          point: node.point,
          ignoresCase: node.ignoresCase,
        });
        break;
      case 'set':
        this.#emit({ op: 'set', test: node.test });
        break;
      case 'assertion':
        this.#emit({ op: 'assertion', assertion: node.assertion });
        break;
      case 'sequence':
        node.items.forEach(item => this.#node(item));
        break;
      case 'choice':
        this.#choice(node.options);
        break;
      default:
        this.#compound(node);
    }
  }

  #compound(node: RegexNode) {
    switch (node.kind) {
      case 'group':
        this.#emit({ op: 'save', register: 2 * node.index });
        this.#node(node.body);
        this.#emit({ op: 'save', register: 2 * node.index + 1 });
        break;
      case 'keep':
        this.#emit({ op: 'save', register: 0 });
        break;
      case 'reference':
        this.#emit({
          op: 'reference',
          groups: node.groups,
          ignoresCase: node.ignoresCase,
        });
        break;
      case 'atomic':
        this.#inner(this.#emit({ op: 'atomic', end: 0 }), node.body);
        break;
      case 'look':
        this.#inner(
          this.#emit({
            op: 'look',
            end: 0,
            negated: node.negated,
            behind: node.behind ? width(node.body) : undefined,
          }),
          node.body,
        );
        break;
      case 'repeat':
        this.#repeat(node);
        break;
      default:
        throw new Error(`No instruction for ${node.kind}`);
    }
  }

  /** Code that is run on its own and ends with a match. */
  #inner(instruction: { end: number }, body: RegexNode) {
    this.#node(body);
    this.#emit({ op: 'match' });
    instruction.end = this.#next;
  }

  #choice(options: RegexNode[]) {
    const jumps = options.slice(0, -1).map(option => {
      const split = this.#emit({ op: 'split', first: 0, second: 0 });
      split.first = this.#next;
      this.#node(option);
      const jump = this.#emit({ op: 'jump', to: 0 });
      split.second = this.#next;
      return jump;
    });
    this.#node(options[options.length - 1]);
    for (const jump of jumps) {
      jump.to = this.#next;
    }
  }

  #repeat(node: RegexNode & { kind: 'repeat' }) {
    if (node.mode === 'possessive') {
      this.#inner(this.#emit({ op: 'atomic', end: 0 }), {
        ...node,
        mode: 'greedy',
      });
      return;
    }
    for (let i = 0; i < node.min; i++) {
      this.#node(node.body);
    }
    if (node.max === Infinity) {
      this.#loop(node.body, node.mode === 'lazy');
      return;
    }
    const splits: { first: number; second: number }[] = [];
    for (let i = node.min; i < node.max; i++) {
      splits.push(this.#split(node.mode === 'lazy'));
      this.#node(node.body);
    }
    for (const split of splits) {
      this.#leaveTo(split, this.#next, node.mode === 'lazy');
    }
  }

  /** A split that goes on with the next instruction, and elsewhere when the loop is left. */
  #split(isLazy: boolean): { first: number; second: number } {
    const split = this.#emit({ op: 'split', first: 0, second: 0 });
    if (isLazy) {
      split.second = this.#next;
    } else {
      split.first = this.#next;
    }
    return split;
  }

  #leaveTo(
    split: { first: number; second: number },
    to: number,
    isLazy: boolean,
  ) {
    if (isLazy) {
      split.first = to;
    } else {
      split.second = to;
    }
  }

  #loop(body: RegexNode, isLazy: boolean) {
    const register = this.#registers;
    this.#registers++;
    const start = this.#next;
    const split = this.#split(isLazy);
    this.#emit({ op: 'save', register });
    this.#node(body);
    this.#emit({ op: 'progress', register });
    this.#emit({ op: 'jump', to: start });
    this.#leaveTo(split, this.#next, isLazy);
  }
}

/** How many code points a pattern may match. */
function width(node: RegexNode): { min: number; max: number } {
  switch (node.kind) {
    case 'point':
    case 'set':
      return { min: 1, max: 1 };
    case 'sequence':
      return node.items
        .map(width)
        .reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }), {
          min: 0,
          max: 0,
        });
    case 'choice':
      return node.options.map(width).reduce((a, b) => ({
        min: Math.min(a.min, b.min),
        max: Math.max(a.max, b.max),
      }));
    case 'group':
    case 'atomic':
      return width(node.body);
    case 'repeat': {
      const body = width(node.body);
      return {
        min: body.min * node.min,
        max: body.max === 0 ? 0 : body.max * node.max,
      };
    }
    case 'reference':
      return { min: 0, max: Infinity };
    default:
      return { min: 0, max: 0 };
  }
}
