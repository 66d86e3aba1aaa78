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
}
