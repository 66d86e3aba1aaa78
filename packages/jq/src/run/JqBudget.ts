/**
 * What one evaluation may use up. Whichever limit is met first ends it with a JqBudgetError.
 * @public
 */
export interface JqBudget {
  /** Units of work, about one for each visited value, called function or tried character. */
  steps: number;
  /** Characters, elements and entries of all values that are built, in total. */
  size: number;
  /** Calls inside calls, and nesting of built values. */
  depth: number;
  /** Wall time in milliseconds. */
  timeMs: number;
}

/** Used for what `evaluate` is not told. @public */
export const defaultBudget: JqBudget = {
  steps: 20_000_000,
  size: 50_000_000,
  depth: 10_001,
  timeMs: 5_000,
};
