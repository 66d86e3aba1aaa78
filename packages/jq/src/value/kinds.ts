import { JqValue } from './JqValue';

export type JqObject = { [key: string]: JqValue };

/** The name that the builtin `type` gives. */
export type TypeName =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'array'
  | 'object';

export function typeName(value: JqValue): TypeName {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    default:
      if (value === null || value === undefined) {
        return 'null';
      }
      return Array.isArray(value) ? 'array' : 'object';
  }
}

export function isObject(value: JqValue): value is JqObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Everything but null and false. */
export function isTruthy(value: JqValue): boolean {
  return value !== null && value !== false && value !== undefined;
}

/** The same value, not only an equal one: what keeps a path expression on its path. */
export function isSame(a: JqValue, b: JqValue): boolean {
  return a === b || Object.is(a, b);
}
