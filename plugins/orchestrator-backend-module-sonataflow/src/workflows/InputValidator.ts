import { InputProblem } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { createContext, Script } from 'vm';
import { JsonRecord } from '../dataIndex/json';

const LONGEST_CHECK_MS = 500;
const MAX_PROBLEMS = 100;

interface Compiled {
  validate: ValidateFunction | 'unusable';
  /** Whether checking takes time in proportion to the input. */
  isQuick: boolean;
}

/** Keywords whose cost an input can drive up: as names of properties they do no harm here. */
const COSTLY =
  /"(?:pattern|patternProperties|format|uniqueItems|\$ref|\$recursiveRef|\$dynamicRef)":/;

const context = createContext({});
const script = new Script('run()');

const TOO_HARD: InputProblem = {
  path: '',
  message: 'The input takes too long to check against the schema',
};

/**
 * Checks inputs against the schemas of workflows. SonataFlow reads every schema as draft 7, whatever
 * `$schema` says. The service checks again when it starts the instance; checking here first yields
 * every violation with its path, and spares a start that is bound to fail.
 */
export class InputValidator {
  /** Compiling takes tens of milliseconds; the same schema object comes with each run. */
  readonly #compiled = new WeakMap<JsonRecord, Compiled>();

  static create(): InputValidator {
    return new InputValidator();
  }

  /** Every violation; none for a schema that can't be used, since the service decides then. */
  validate(schema: JsonRecord, input: JsonRecord): InputProblem[] {
    const known = this.#compiled.get(schema);
    const check = () => errorsOf(known ?? this.#compile(schema), input);
    // Watching the time takes a thread, and waits for it: at times longer than the check itself.
    const checked = known?.isQuick ? check() : withinTime(check);
    return checked === undefined
      ? [TOO_HARD]
      : checked.slice(0, MAX_PROBLEMS).map(toProblem);
  }

  #compile(schema: JsonRecord): Compiled {
    const compiled = {
      validate: compile(schema),
      isQuick: !COSTLY.test(JSON.stringify(schema)),
    };
    this.#compiled.set(schema, compiled);
    return compiled;
  }
}

function errorsOf({ validate }: Compiled, input: JsonRecord): ErrorObject[] {
  return validate === 'unusable' || validate(input)
    ? []
    : [...(validate.errors ?? [])];
}

function compile(schema: JsonRecord): ValidateFunction | 'unusable' {
  const ajv = new Ajv({
    allErrors: true,
    ownProperties: true,
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
  });
  addFormats(ajv);
  const { $schema, $id, ...rest } = schema;
  try {
    return ajv.compile(rest);
  } catch {
    return 'unusable';
  }
}

/**
 * Runs a function, and gives up when it takes too long: a pattern of a schema may need exponential
 * time. Only a script of its own can be interrupted.
 */
function withinTime<T>(run: () => T): T | undefined {
  context.run = run;
  try {
    return script.runInContext(context, { timeout: LONGEST_CHECK_MS });
  } catch (error) {
    if (isTimeout(error)) {
      return undefined;
    }
    throw error;
  } finally {
    delete context.run;
  }
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

function toProblem(error: ErrorObject): InputProblem {
  const missing = error.params?.missingProperty;
  if (error.keyword === 'required' && typeof missing === 'string') {
    return {
      path: `${error.instancePath}/${escape(missing)}`,
      message: `${missing} is required`,
    };
  }
  const extra = error.params?.additionalProperty;
  if (error.keyword === 'additionalProperties' && typeof extra === 'string') {
    return {
      path: `${error.instancePath}/${escape(extra)}`,
      message: `${extra} is not allowed`,
    };
  }
  const allowed = error.params?.allowedValues;
  return {
    path: error.instancePath,
    message: Array.isArray(allowed)
      ? `must be one of ${allowed
          .map(value => JSON.stringify(value))
          .join(', ')}`
      : error.message ?? 'is not valid',
  };
}

function escape(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}
