import { Expressions, ExpressionsOptions } from './Expressions';

/** @public */
export function createExpressions(
  _options: ExpressionsOptions = {},
): Expressions {
  throw new Error('The expression evaluator is being built');
}
