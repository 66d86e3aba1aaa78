import { JqBudgetError, JqHostObject } from '@open-orchestrator/jq';
import { Json } from '../runtime/WorkflowRuntime';
import { assignTo } from './assignTo';
import { asBoolean } from './conversions';
import { Evaluator } from './Evaluator';
import { ExpressionContext, ExpressionProblem } from './Expressions';
import { JqEnvironment } from './JqEvaluator';
import { isJsonObject } from './json';
import {
  JsonPath,
  JsonPathNotFoundError,
  JsonPathSyntaxError,
  Node,
} from './jsonpath/JsonPath';
import { JsonPathParser } from './jsonpath/JsonPathParser';
import { JsonPathSource, readJsonPath } from './jsonpath/readJsonPath';
import { magicVariables } from './magicVariables';

const magicNames = ['CONST', 'SECRET', 'WORKFLOW'];
const defaultSteps = 20_000_000;

/** Magic variables become fields of the root, whose names start with `$`. */
function withMagicFields(text: string): string {
  return magicNames.reduce(
    (result, name) => result.split(`$${name}`).join(`$.$${name}`),
    text,
  );
}

/** An expression in JSONPath. */
export class JsonPathEvaluator implements Evaluator {
  readonly isValid: boolean;
  readonly problem: ExpressionProblem | undefined;
  readonly #text: string;
  readonly #environment: JqEnvironment;
  readonly #paths = new Map<string, JsonPath>();

  private constructor(text: string, environment: JqEnvironment) {
    this.#text = withMagicFields(text);
    this.#environment = environment;
    this.problem = this.#syntaxProblem();
    this.isValid = this.problem === undefined;
  }

  static create(text: string, environment: JqEnvironment): JsonPathEvaluator {
    return new JsonPathEvaluator(text, environment);
  }

  evaluate(data: Json, context: ExpressionContext): Json {
    return toJson(this.#read(this.#text, data, context));
  }

  /** A list is true when it is not empty. */
  evaluateBoolean(data: Json, context: ExpressionContext): boolean {
    const result = this.evaluate(data, context);
    return Array.isArray(result) ? result.length > 0 : asBoolean(result);
  }

  /** Several paths may follow each other; their results do, too. */
  evaluateString(data: Json, context: ExpressionContext): string {
    return this.#text
      .split(/(?=\$\.|\$\[)/)
      .map(part => textOf(this.#read(part, data, context)))
      .join('');
  }

  evaluateCollection(data: Json, context: ExpressionContext): Json[] {
    const result = this.evaluate(data, context);
    if (!Array.isArray(result)) {
      throw new Error(`${this.#text} does not give a list`);
    }
    return result;
  }

  assign(data: Json, value: Json, context: ExpressionContext): Json {
    return assignTo({
      expression: this.#text,
      data,
      target: this.#targetOf(data, context),
      value,
      replaceSelected: () => undefined,
    });
  }

  #targetOf(data: Json, context: ExpressionContext): Json {
    try {
      return this.evaluate(data, context);
    } catch (error) {
      if (error instanceof JsonPathNotFoundError) {
        return null;
      }
      throw error;
    }
  }

  #syntaxProblem(): ExpressionProblem | undefined {
    try {
      this.#path(this.#text);
      return undefined;
    } catch (error) {
      if (error instanceof JsonPathSyntaxError) {
        return { message: error.message, offset: error.offset };
      }
      throw error;
    }
  }

  #path(text: string): JsonPath {
    const known = this.#paths.get(text);
    if (known) {
      return known;
    }
    const path = JsonPathParser.parse(text);
    this.#paths.set(text, path);
    return path;
  }

  #read(text: string, data: Json, context: ExpressionContext): Node {
    return readJsonPath(this.#path(text), this.#source(data, context));
  }

  #source(data: Json, context: ExpressionContext): JsonPathSource {
    const { constants, secret, budget } = this.#environment;
    const variables = magicVariables(constants, secret, context);
    let steps = budget?.steps ?? defaultSteps;
    return {
      root: data,
      field: (object, name) => fieldOf(object, name, variables),
      onVisit: () => {
        steps--;
        if (steps < 0) {
          throw new JqBudgetError('steps', 'The path visits too many values');
        }
      },
    };
  }
}

/** Variables are fields of every object, the magic ones with a `$` before their names. */
function fieldOf(
  object: Node,
  name: string,
  variables: Record<string, Json | JqHostObject>,
): Node | undefined {
  if (object instanceof JqHostObject) {
    return object.get(name) ?? null;
  }
  const isMagic = magicNames.some(magic => name === `$${magic}`);
  if (isMagic) {
    return variables[name.slice(1)];
  }
  if (!magicNames.includes(name) && Object.hasOwn(variables, name)) {
    return variables[name];
  }
  return isJsonObject(object as Json) && Object.hasOwn(object as object, name)
    ? (object as { [key: string]: Json })[name]
    : undefined;
}

function toJson(node: Node): Json {
  return node instanceof JqHostObject ? node.toJson() : node;
}

/** As Jackson's `toPrettyString`; an unknown secret has none. */
function textOf(node: Node): string {
  const value = toJson(node);
  if (typeof value === 'string') {
    return value;
  }
  return node instanceof JqHostObject && value === null
    ? ''
    : prettyText(value, '');
}

function prettyText(value: Json, indent: string): string {
  if (Array.isArray(value)) {
    const elements = value.map(element => prettyText(element, indent));
    return elements.length === 0 ? '[ ]' : `[ ${elements.join(', ')} ]`;
  }
  if (!isJsonObject(value)) {
    return JSON.stringify(value);
  }
  const inner = `${indent}  `;
  const fields = Object.keys(value).map(
    key => `${inner}${JSON.stringify(key)} : ${prettyText(value[key], inner)}`,
  );
  return fields.length === 0 ? '{ }' : `{\n${fields.join(',\n')}\n${indent}}`;
}
