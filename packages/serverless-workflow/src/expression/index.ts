export { createExpressions } from './createExpressions';
export { ExpressionError } from './Expressions';
export type {
  ExpressionContext,
  ExpressionLanguage,
  ExpressionProblem,
  Expressions,
  ExpressionsOptions,
  WorkflowVariable,
} from './Expressions';
export { merge } from './merge';
export type { MergeOptions } from './merge';
export { resolveExpression, trimExpression } from './resolveExpression';
