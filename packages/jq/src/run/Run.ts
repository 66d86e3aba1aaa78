import { JqBudgetError } from '../errors';
import { JqHostObject } from '../value/JqHostObject';
import { JqValue } from '../value/JqValue';
import { defaultBudget, JqBudget } from './JqBudget';

const stepsBetweenClockReads = 5_000;

/** One evaluation: the values of its global variables and what is left of its budget. */
export class Run {
  readonly globals: readonly (JqValue | JqHostObject | undefined)[];
  /** Set when a number that JSON can't express was made, so that outputs must be looked through. */
  hasNonFinite = false;
  readonly #maxDepth: number;
  readonly #deadline: number;
  #depth = 0;
  #steps: number;
  #size: number;
  #nextClockRead: number;

  constructor(
    globals: readonly (JqValue | JqHostObject | undefined)[],
    budget: Partial<JqBudget> = {},
  ) {
    const { steps, size, depth, timeMs } = { ...defaultBudget, ...budget };
    this.globals = globals;
    this.#steps = steps;
    this.#size = size;
    this.#maxDepth = depth;
    this.#deadline = Date.now() + timeMs;
    this.#nextClockRead = steps - stepsBetweenClockReads;
  }

  /** Accounts for work. */
  step(count: number = 1) {
    this.#steps -= count;
    if (this.#steps < this.#nextClockRead) {
      this.#check();
    }
  }

  #check() {
    if (this.#steps < 0) {
      throw new JqBudgetError('steps', 'The program takes too many steps');
    }
    if (Date.now() > this.#deadline) {
      throw new JqBudgetError('time', 'The program takes too long');
    }
    this.#nextClockRead = this.#steps - stepsBetweenClockReads;
  }

  /** Accounts for characters, elements and entries of a value that is about to be built. */
  grow(count: number) {
    this.#size -= count;
    if (this.#size < 0) {
      throw new JqBudgetError('size', 'The program builds too much data');
    }
    this.step(count >> 4);
  }

  get depth(): number {
    return this.#depth;
  }

  /** Called where a failure is caught, since calls that failed did not leave. */
  restoreDepth(depth: number) {
    this.#depth = depth;
  }

  enter() {
    if (++this.#depth > this.#maxDepth) {
      throw new JqBudgetError('depth', 'The program nests too deeply');
    }
  }

  leave() {
    this.#depth--;
  }

  /** Every number that a program makes passes here. */
  number(value: number): number {
    if (!Number.isFinite(value)) {
      this.hasNonFinite = true;
    }
    return value;
  }
}
