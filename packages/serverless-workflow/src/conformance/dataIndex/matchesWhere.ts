import { Json, JsonObject } from '../../model';
import { sameJson } from '../jsonPath';

const OPERATORS: Record<string, (value: Json, wanted: Json) => boolean> = {
  equal: sameJson,
  in: (value, wanted) => listOf(wanted).some(each => sameJson(value, each)),
  isNull: (value, wanted) => (value === null) === wanted,
  like: (value, wanted) => isLike(String(value), String(wanted)),
  contains: (value, wanted) =>
    listOf(value).some(each => sameJson(each, wanted)),
  containsAll: (value, wanted) =>
    listOf(wanted).every(each => OPERATORS.contains(value, each)),
  containsAny: (value, wanted) =>
    listOf(wanted).some(each => OPERATORS.contains(value, each)),
  greaterThan: (value, wanted) => compare(value, wanted) > 0,
  greaterThanEqual: (value, wanted) => compare(value, wanted) >= 0,
  lessThan: (value, wanted) => compare(value, wanted) < 0,
  lessThanEqual: (value, wanted) => compare(value, wanted) <= 0,
  between: (value, wanted) =>
    isObject(wanted) &&
    compare(value, wanted.from) >= 0 &&
    compare(value, wanted.to) <= 0,
};

/** Whether an object of the Data Index is one that a `where` argument asks for. */
export function matchesWhere(value: Json | undefined, where: Json): boolean {
  if (!isObject(where)) {
    return true;
  }
  return Object.entries(where).every(([key, wanted]) => {
    switch (key) {
      case 'and':
        return listOf(wanted).every(each => matchesWhere(value, each));
      case 'or':
        return listOf(wanted).some(each => matchesWhere(value, each));
      case 'not':
        return !matchesWhere(value, wanted);
      default:
        return matchesField(value, key, wanted);
    }
  });
}

function matchesField(
  value: Json | undefined,
  key: string,
  wanted: Json,
): boolean {
  const operator = Object.hasOwn(OPERATORS, key) ? OPERATORS[key] : undefined;
  if (operator && !(isObject(value) && Object.hasOwn(value, key))) {
    return operator(value ?? null, wanted);
  }
  if (Array.isArray(value)) {
    return value.some(each => matchesField(each, key, wanted));
  }
  const field =
    isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(field) && isObject(wanted) && !isOperator(wanted)
    ? field.some(each => matchesWhere(each, wanted))
    : matchesWhere(field, wanted);
}

function isOperator(wanted: JsonObject): boolean {
  return Object.keys(wanted).some(key => Object.hasOwn(OPERATORS, key));
}

/** `*` and `%` stand for any text. */
function isLike(value: string, pattern: string): boolean {
  const [first, ...others] = pattern.split(/[*%]/);
  const last = others.pop();
  if (last === undefined) {
    return value === first;
  }
  if (!value.startsWith(first) || !value.endsWith(last)) {
    return false;
  }
  let from = first.length;
  for (const part of others) {
    const found = value.indexOf(part, from);
    if (found < 0) {
      return false;
    }
    from = found + part.length;
  }
  return from <= value.length - last.length;
}

/** Numbers by size, times and other texts by their characters. */
export function compare(a: Json | undefined, b: Json | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
