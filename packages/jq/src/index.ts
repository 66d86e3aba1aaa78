/**
 * jq in TypeScript: parse, compile and evaluate under a budget.
 *
 * @packageDocumentation
 */
export { compile, compileText } from './compile';
export {
  JqBudgetError,
  JqError,
  JqSyntaxError,
  JqUndefinedError,
} from './errors';
export type {
  JqCompileOptions,
  JqDialect,
  JqEvaluateOptions,
  JqProgram,
} from './JqProgram';
export { defaultBudget } from './run/JqBudget';
export type { JqBudget } from './run/JqBudget';
export { JqHostObject } from './value/JqHostObject';
export type { JqPath, JqValue } from './value/JqValue';
export { javaNumberText } from './value/javaNumberText';
