import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { DataSchema, Json, JsonObject } from '../model';
import { readDocument } from '../parse';
import { bundleSchema } from './bundleSchema';
import { describeViolation } from './describeViolation';
import { takesLinearTime } from './takesLinearTime';
import { TimeLimitError, withTimeLimit } from './withTimeLimit';

/** Schemas come from workflow authors, and an unlucky pattern may take for ever. */
const TIME_LIMIT_MS = 1_000;

/** One violation of a schema. */
export interface Violation {
  /** JSON Pointer. */
  path: string;
  /** SonataFlow's own wording. */
  message: string;
}

/** Checks data against the input or output schema of a workflow, as draft 07 whatever it says. */
export class DataValidator {
  readonly #validate: ValidateFunction;
  readonly #schema: JsonObject;
  readonly #isQuick: boolean;
  /** False: violations are only logged. */
  readonly failOnViolations: boolean;

  private constructor(schema: JsonObject, failOnViolations: boolean) {
    const ajv = new Ajv({
      allErrors: true,
      strict: false,
      verbose: true,
      logger: false,
      validateSchema: false,
      addUsedSchema: false,
    });
    addFormats(ajv);
    this.#schema = schema;
    this.#isQuick = takesLinearTime(schema);
    this.#validate = ajv.compile(schema);
    this.failOnViolations = failOnViolations;
  }

  /** Undefined after it has reported why the schema can't be used. */
  static create(
    { schema, failOnValidationErrors }: DataSchema,
    resources: Readonly<Record<string, string>>,
    problem: (message: string) => void,
  ): DataValidator | undefined {
    try {
      const read = (uri: string) => readSchema(uri, resources);
      const uri = typeof schema === 'string' ? schema : '';
      const document = typeof schema === 'string' ? read(schema) : schema;
      return new DataValidator(
        bundleSchema(document, uri, read),
        failOnValidationErrors,
      );
    } catch (error) {
      problem(
        `The schema ${
          typeof schema === 'string' ? schema : ''
        } can't be used: ${error instanceof Error ? error.message : error}`,
      );
      return undefined;
    }
  }

  get schema(): JsonObject {
    return this.#schema;
  }

  /** What is wrong with the data. It never throws; a check without end is a violation. */
  validate(data: Json): Violation[] {
    try {
      const isValid = this.#isQuick
        ? this.#validate(data)
        : withTimeLimit(TIME_LIMIT_MS, () => this.#validate(data));
      return isValid
        ? []
        : (this.#validate.errors ?? []).filter(isOwn).map(describeViolation);
    } catch (error) {
      return [{ path: '', message: unfinished(error) }];
    }
  }
}

/** Ajv also reports that an `if` failed, which is only a step on the way to the real violation. */
function isOwn(error: ErrorObject): boolean {
  return error.keyword !== 'if';
}

function unfinished(error: unknown): string {
  if (error instanceof TimeLimitError) {
    return `The schema takes longer than ${TIME_LIMIT_MS} ms to check the data.`;
  }
  return `The schema can't check the data: ${
    error instanceof Error ? error.message : error
  }`;
}

/** The text that SonataFlow makes of all violations. */
export function violationMessage(violations: readonly Violation[]): string {
  return [
    'There are JsonSchema validation errors:',
    ...violations.map(({ message }) => message),
  ].join('\n');
}

function readSchema(
  uri: string,
  resources: Readonly<Record<string, string>>,
): JsonObject {
  const text = Object.hasOwn(resources, uri) ? resources[uri] : undefined;
  if (text === undefined) {
    throw new Error(`there is no file ${uri}`);
  }
  const document = readDocument(text);
  if (
    typeof document !== 'object' ||
    document === null ||
    Array.isArray(document)
  ) {
    throw new Error(`${uri} is no JSON object`);
  }
  return document;
}
