import { JqUndefinedError, UndefinedCallError } from '../errors';
import { Code, codeOfOne } from '../run/Code';
import { globalCode } from './Compiler';

/** Names that mean nothing when a program is compiled. */
export class LateNames {
  /** Variables that are given from outside: those declared, then those met. */
  readonly globals: string[];
  readonly #areErrors: boolean;
  readonly #met = new Set<string>();

  constructor(declared: readonly string[], areErrors: boolean) {
    this.globals = [...declared];
    this.#areErrors = areErrors;
  }

  get undefinedNames(): string[] {
    return [...this.#met].sort();
  }

  /** What is compiled in the place of such a name. */
  meet(reference: string, offset: number): Code {
    if (this.#areErrors) {
      throw new JqUndefinedError(reference, offset);
    }
    this.#met.add(reference);
    const variable = /^\$(\w+)$/.exec(reference)?.[1];
    if (variable !== undefined) {
      return globalCode(this.globals.push(variable) - 1, variable);
    }
    return codeOfOne(() => {
      throw new UndefinedCallError(reference);
    });
  }
}
