import { Json } from '../runtime/WorkflowRuntime';
import { fromText } from './conversions';
import { Evaluator } from './Evaluator';
import {
  ExpressionContext,
  ExpressionError,
  ExpressionProblem,
  Expressions,
  ExpressionsOptions,
} from './Expressions';
import { JqEvaluator } from './JqEvaluator';
import { JsonPathEvaluator } from './JsonPathEvaluator';
import { resolveExpression } from './resolveExpression';
import { transformTexts } from './transformTexts';

type Build = (text: string) => Evaluator;

function builderFor(options: ExpressionsOptions): Build {
  const environment = {
    constants: options.constants ?? null,
    secret: options.secret ?? (() => undefined),
    budget: options.budget,
  };
  return options.lang === 'jsonpath'
    ? text => JsonPathEvaluator.create(text, environment)
    : text => JqEvaluator.create(text, environment);
}

class WorkflowExpressions implements Expressions {
  readonly #build: Build;
  readonly #functions: ReadonlyMap<string, string>;
  readonly #evaluators = new Map<string, Evaluator>();

  constructor(options: ExpressionsOptions) {
    this.#build = builderFor(options);
    this.#functions = options.functions ?? new Map();
  }

  evaluate(expression: string, data: Json, context: ExpressionContext): Json {
    return this.#use(expression, it => it.evaluate(data, context));
  }

  evaluateBoolean(
    expression: string,
    data: Json,
    context: ExpressionContext,
  ): boolean {
    return this.#use(expression, it => it.evaluateBoolean(data, context));
  }

  evaluateString(
    expression: string,
    data: Json,
    context: ExpressionContext,
  ): string {
    return this.#use(expression, it => it.evaluateString(data, context));
  }

  evaluateCollection(
    expression: string,
    data: Json,
    context: ExpressionContext,
  ): Json[] {
    return this.#use(expression, it => it.evaluateCollection(data, context));
  }

  assign(
    expression: string,
    data: Json,
    value: Json,
    context: ExpressionContext,
  ): Json {
    return this.#use(expression, it => it.assign(data, value, context));
  }

  isValid(expression: string): boolean {
    try {
      return this.#evaluator(this.#resolve(expression)).isValid;
    } catch (error) {
      if (error instanceof ExpressionError) {
        return false;
      }
      throw error;
    }
  }

  problem(expression: string): ExpressionProblem | undefined {
    try {
      return this.#evaluator(this.#resolve(expression)).problem;
    } catch (error) {
      if (error instanceof ExpressionError) {
        return { message: error.message };
      }
      throw error;
    }
  }

  evaluateArguments(args: Json, data: Json, context: ExpressionContext): Json {
    // Texts that hold JSON objects become such first, and the texts inside them are looked at, too.
    const resolved = transformTexts(args, text =>
      fromText(this.#resolve(text)),
    );
    return transformTexts(resolved, text =>
      this.#argument(text, data, context),
    );
  }

  #argument(text: string, data: Json, context: ExpressionContext): Json {
    const evaluator = this.#evaluator(text);
    if (!evaluator.isValid) {
      return text;
    }
    try {
      return evaluator.evaluate(data, context);
    } catch (error) {
      if (isLimit(error)) {
        throw toExpressionError(text, error);
      }
      return text;
    }
  }

  #resolve(expression: string): string {
    return resolveExpression(expression, this.#functions);
  }

  #use<T>(expression: string, use: (evaluator: Evaluator) => T): T {
    const text = this.#resolve(expression);
    try {
      return use(this.#evaluator(text));
    } catch (error) {
      throw toExpressionError(text, error);
    }
  }

  #evaluator(text: string): Evaluator {
    const known = this.#evaluators.get(text);
    if (known) {
      return known;
    }
    const evaluator = this.#build(text);
    this.#evaluators.set(text, evaluator);
    return evaluator;
  }
}

/** Used-up limits must be seen, whatever else would become of a failing argument. */
function isLimit(error: unknown): boolean {
  return error instanceof Error && error.name === 'JqBudgetError';
}

function toExpressionError(text: string, error: unknown): ExpressionError {
  if (error instanceof ExpressionError) {
    return error;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new ExpressionError(
    text,
    `Unable to evaluate the expression ${text}: ${reason}`,
    error,
  );
}

/**
 * Makes the evaluator of the expressions of one workflow.
 * @public
 */
export function createExpressions(
  options: ExpressionsOptions = {},
): Expressions {
  return new WorkflowExpressions(options);
}
