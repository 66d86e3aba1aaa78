import { JqBudget } from './run/JqBudget';
import { JqHostObject } from './value/JqHostObject';
import { JqPath, JqValue } from './value/JqValue';

/** Which jq a program is written in. @public */
export type JqDialect =
  /** jq 1.8 without modules, input and environment. */
  | 'jq'
  /** The jq of SonataFlow: jackson-jq 1.0 in its jq 1.6 mode. */
  | 'sonataflow';

/** @public */
export interface JqCompileOptions {
  /** Default `jq`. */
  dialect?: JqDialect;
  /** Names, without `$`, that `evaluate` will be given. */
  variables?: readonly string[];
  /**
   * What names do that mean nothing: they are errors of the program (default), or a program that comes
   * to one fails, as in SonataFlow. Variables that are not declared may then still be given to
   * `evaluate`.
   */
  undefinedNames?: 'are errors' | 'fail at run time';
}

/** @public */
export interface JqEvaluateOptions {
  /** By name without `$`. A declared variable that is missing here is null. */
  variables?: Readonly<Record<string, JqValue | JqHostObject | undefined>>;
  budget?: Partial<JqBudget>;
}

/**
 * A compiled program. It has no state: it may be used again and again, also while it is running.
 * @public
 */
export interface JqProgram {
  readonly source: string;
  /** The builtins that the program calls, as `name/arity`, sorted. */
  readonly functions: readonly string[];
  /** Names that mean nothing, as `name/arity` and `$name`, sorted; see the compile options. */
  readonly undefinedNames: readonly string[];
  /**
   * All outputs. The input is never changed; outputs may share parts of it.
   *
   * @throws JqError when the program fails
   * @throws JqBudgetError when it uses too much
   */
  evaluate(input: JqValue, options?: JqEvaluateOptions): JqValue[];
  /**
   * Calls back for each output as soon as there is one; those before a failure are seen, too.
   *
   * @throws JqError when the program fails
   * @throws JqBudgetError when it uses too much
   */
  run(
    input: JqValue,
    onOutput: (output: JqValue) => void,
    options?: JqEvaluateOptions,
  ): void;
  /**
   * The paths that the program selects in its input, as `path(f)` does.
   *
   * @throws JqError when the program is not a path expression, or fails
   * @throws JqBudgetError when it uses too much
   */
  paths(input: JqValue, options?: JqEvaluateOptions): JqPath[];
  /**
   * The function, as `name/arity`, that does not exist and that SonataFlow notices when it decides
   * whether a text is an expression. It does so by trying out the calls that it finds, with an empty
   * object, and it does not find all.
   *
   * @throws JqBudgetError when trying takes too much
   */
  noticedUndefined(options?: JqEvaluateOptions): string | undefined;
}
