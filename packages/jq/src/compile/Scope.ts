import { FunctionParameter } from '../syntax/Ast';
import { Code } from '../run/Code';

/** A function that the program defines. */
export interface UserFunction {
  readonly parameters: readonly FunctionParameter[];
  /** Cells in scope where it was defined: what its body may see. */
  readonly depth: number;
  /** Known once the body is compiled; a call inside the body finds it at run time. */
  code: Code | undefined;
  /** It calls itself, directly or through functions inside it. */
  isRecursive: boolean;
}

type Entry =
  | { kind: 'variable'; name: string; depth: number }
  | { kind: 'label'; name: string; depth: number }
  | { kind: 'parameter'; name: string; depth: number }
  | { kind: 'function'; name: string; function: UserFunction };

export type Callable =
  | { kind: 'parameter'; hops: number }
  | { kind: 'function'; function: UserFunction; hops: number };

/**
 * The names in scope at one place of a program. Variables, labels and parameters have a cell of the
 * environment at run time, which is found by counting cells from the innermost.
 */
export class Scope {
  static readonly empty = new Scope(undefined, undefined, 0);

  /** Cells of the environment here. */
  readonly depth: number;
  readonly #entry: Entry | undefined;
  readonly #parent: Scope | undefined;

  private constructor(
    entry: Entry | undefined,
    parent: Scope | undefined,
    depth: number,
  ) {
    this.#entry = entry;
    this.#parent = parent;
    this.depth = depth;
  }

  with(kind: 'variable' | 'label' | 'parameter', name: string): Scope {
    const depth = this.depth + 1;
    return new Scope({ kind, name, depth }, this, depth);
  }

  withFunction(name: string, userFunction: UserFunction): Scope {
    return new Scope(
      { kind: 'function', name, function: userFunction },
      this,
      this.depth,
    );
  }

  /** How many cells out the variable or label is; undefined when there is none. */
  hopsTo(kind: 'variable' | 'label', name: string): number | undefined {
    const found = this.#find(
      entry => entry.kind === kind && entry.name === name,
    );
    return found && found.kind !== 'function'
      ? this.depth - found.depth
      : undefined;
  }

  callable(name: string, arity: number): Callable | undefined {
    const found = this.#find(
      entry =>
        entry.name === name &&
        ((entry.kind === 'parameter' && arity === 0) ||
          (entry.kind === 'function' &&
            entry.function.parameters.length === arity)),
    );
    if (found?.kind === 'function') {
      const { function: userFunction } = found;
      const hops = this.depth - userFunction.depth;
      return { kind: 'function', function: userFunction, hops };
    }
    return found && { kind: 'parameter', hops: this.depth - found.depth };
  }

  #find(matches: (entry: Entry) => boolean): Entry | undefined {
    if (this.#entry && matches(this.#entry)) {
      return this.#entry;
    }
    return this.#parent ? this.#parent.#find(matches) : undefined;
  }
}
