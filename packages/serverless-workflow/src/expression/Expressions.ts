import { JqBudget } from '@open-orchestrator/jq';
import { Json } from '../runtime/WorkflowRuntime';

/** The languages that `expressionLang` may name. @public */
export type ExpressionLanguage = 'jq' | 'jsonpath';

/** What belongs to a workflow and is the same for all its expressions. @public */
export interface ExpressionsOptions {
  /** Default `jq`. */
  lang?: ExpressionLanguage;
  /** `$CONST`; null when the workflow has none. */
  constants?: Json;
  /** Looks up `$SECRET.<dotted key>`. */
  secret?: (key: string) => string | undefined;
  /** Texts of the functions of type `expression`, by name, for `fn:<name>`. */
  functions?: ReadonlyMap<string, string>;
  /** Limits of one evaluation. */
  budget?: Partial<JqBudget>;
}

/** `$WORKFLOW`. Asking for any other key fails, as it does in SonataFlow. @public */
export interface WorkflowVariable {
  id: string;
  name: string;
  instanceId: string;
  headers?: Record<string, string>;
  /** The result of the action before, inside a foreach state. */
  prevActionResult?: Json;
  identity?: Json;
  /** The data that the instance was started with. */
  input?: Json;
  statusCode?: number;
  statusMessage?: string;
  responseHeaders?: Record<string, string>;
}

/** What belongs to the instance and place at which an expression is evaluated. @public */
export interface ExpressionContext {
  workflow: WorkflowVariable;
  /** `$<name>`: iteration parameters and other variables of the instance. */
  variables?: Readonly<Record<string, Json>>;
}

/**
 * Evaluates the expressions of one workflow as SonataFlow does. Texts are compiled once. Data that is
 * handed in is never changed; results share its unchanged parts.
 *
 * All methods take the text as written in the definition, with or without `${ }` or `{{ }}`, or as
 * `fn:<name>`. Unless said otherwise they throw ExpressionError when the text is not valid or the
 * evaluation fails.
 * @public
 */
export interface Expressions {
  /** One output is the result itself, several are an array, none is null. */
  evaluate(expression: string, data: Json, context: ExpressionContext): Json;
  /** By Jackson's rules: only true, `"true"` and numbers other than 0 are true. */
  evaluateBoolean(
    expression: string,
    data: Json,
    context: ExpressionContext,
  ): boolean;
  /** Outputs as text with spaces between them; null, objects and arrays are the empty text. */
  evaluateString(
    expression: string,
    data: Json,
    context: ExpressionContext,
  ): string;
  /** All outputs in one list; outputs that are arrays contribute their elements. */
  evaluateCollection(
    expression: string,
    data: Json,
    context: ExpressionContext,
  ): Json[];
  /**
   * Merges the value into what the expression selects (`toStateData`) and returns the new data.
   * Missing objects on the way are created.
   */
  assign(
    expression: string,
    data: Json,
    value: Json,
    context: ExpressionContext,
  ): Json;
  /** Whether the text is a valid expression; one that names unknown functions is not. Never throws. */
  isValid(expression: string): boolean;
  /** Why the text is not valid; undefined when it is. */
  problem(expression: string): ExpressionProblem | undefined;
  /**
   * Arguments of functions and data of events: each text inside objects and arrays is evaluated when it
   * is a valid expression, and kept as it is when it is not or when evaluating it fails.
   */
  evaluateArguments(args: Json, data: Json, context: ExpressionContext): Json;
}

/** @public */
export interface ExpressionProblem {
  message: string;
  /** Where in the trimmed text, from 0. */
  offset?: number;
  /** A function or variable that SonataFlow's jq does not have, e.g. `ltrimstr/2` or `$x`. */
  undefinedReference?: string;
}

/**
 * An expression is not valid or its evaluation failed. SonataFlow answers HTTP 400 when it ends an
 * instance (IllegalArgumentException).
 * @public
 */
export class ExpressionError extends Error {
  readonly expression: string;

  constructor(expression: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ExpressionError';
    this.expression = expression;
  }
}
