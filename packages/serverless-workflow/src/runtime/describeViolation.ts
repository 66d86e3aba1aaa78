import { ErrorObject } from 'ajv';
import { Violation } from './DataValidator';

type Describe = (path: string, error: ErrorObject) => string;

/** The wording of the validator that SonataFlow uses (networknt, 1.0), by keyword. */
const MESSAGES: Record<string, Describe> = {
  required: (path, { params }) =>
    `${path}.${params.missingProperty}: is missing but it is required`,
  type: (path, { params, data }) =>
    Array.isArray(params.type)
      ? `${path}: ${typeOf(data)} found, but [${params.type.join(
          ', ',
        )}] is required`
      : `${path}: ${typeOf(data)} found, ${params.type} expected`,
  enum: (path, { params }) =>
    `${path}: does not have a value in the enumeration [${params.allowedValues.join(
      ', ',
    )}]`,
  const: (path, { params }) =>
    `${path}: must be a constant value ${textOf(params.allowedValue)}`,
  minLength: (path, { params }) =>
    `${path}: must be at least ${params.limit} characters long`,
  maxLength: (path, { params }) =>
    `${path}: may only be ${params.limit} characters long`,
  pattern: (path, { params }) =>
    `${path}: does not match the regex pattern ${params.pattern}`,
  format: (path, { params }) =>
    `${path}: does not match the ${params.format} pattern`,
  minimum: (path, { params }) =>
    `${path}: must have a minimum value of ${params.limit}`,
  maximum: (path, { params }) =>
    `${path}: must have a maximum value of ${params.limit}`,
  exclusiveMinimum: (path, { params }) =>
    `${path}: must have an exclusive minimum value of ${params.limit}`,
  exclusiveMaximum: (path, { params }) =>
    `${path}: must have an exclusive maximum value of ${params.limit}`,
  multipleOf: (path, { params }) =>
    `${path}: must be multiple of ${params.multipleOf}`,
  minItems: (path, { params }) =>
    `${path}: there must be a minimum of ${params.limit} items in the array`,
  maxItems: (path, { params }) =>
    `${path}: there must be a maximum of ${params.limit} items in the array`,
  uniqueItems: path => `${path}: the items in the array must be unique`,
  minProperties: (path, { params }) =>
    `${path}: should have a minimum of ${params.limit} properties`,
  maxProperties: (path, { params }) =>
    `${path}: may only have a maximum of ${params.limit} properties`,
  additionalProperties: (path, { params }) =>
    `${path}.${params.additionalProperty}: is not defined in the schema and the schema does not allow additional properties`,
  dependencies: (path, { params }) =>
    `${path}: has an error with dependencies {${params.property}=[${params.deps}]}`,
  not: path => `${path}: should not be valid to the schema`,
};

/** One violation in SonataFlow's words, with the place as JSON Pointer. */
export function describeViolation(error: ErrorObject): Violation {
  const path = `$${error.instancePath
    .split('/')
    .slice(1)
    .map(segment =>
      /^\d+$/.test(segment) ? `[${segment}]` : `.${unescape(segment)}`,
    )
    .join('')}`;
  const describe = Object.hasOwn(MESSAGES, error.keyword)
    ? MESSAGES[error.keyword]
    : () => `${path}: ${error.message}`;
  const missing =
    error.keyword === 'required'
      ? `/${escape(error.params.missingProperty)}`
      : '';
  return {
    path: `${error.instancePath}${missing}`,
    message: describe(path, error),
  };
}

function unescape(segment: string): string {
  return segment.replace(/~1/g, '/').replace(/~0/g, '~');
}

function escape(segment: string): string {
  return segment.replace(/~/g, '~0').replace(/\//g, '~1');
}

function typeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
