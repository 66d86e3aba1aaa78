import { Json } from '../runtime/WorkflowRuntime';
import { ExpressionContext, ExpressionProblem } from './Expressions';

/** One compiled expression of one of the languages. Its methods may throw anything. */
export interface Evaluator {
  /** Whether SonataFlow takes the text for an expression. */
  readonly isValid: boolean;
  /** What is wrong with it, which may be more than SonataFlow notices beforehand. */
  readonly problem: ExpressionProblem | undefined;
  evaluate(data: Json, context: ExpressionContext): Json;
  evaluateBoolean(data: Json, context: ExpressionContext): boolean;
  evaluateString(data: Json, context: ExpressionContext): string;
  evaluateCollection(data: Json, context: ExpressionContext): Json[];
  assign(data: Json, value: Json, context: ExpressionContext): Json;
}
