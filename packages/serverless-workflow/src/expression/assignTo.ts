import { Json } from '../runtime/WorkflowRuntime';
import { isJsonObject, JsonObject, withField } from './json';
import { merge } from './merge';

/** A character that Java allows inside an identifier. */
const identifierPart = /[\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Sc}]/u;

/**
 * The names at the end of an expression that SonataFlow takes as the place to write to, e.g. `a` and `b`
 * of `.x[0] | .a.b`. There are none when the expression ends with anything else.
 */
function namesAtEnd(expression: string): string[] {
  const names: string[] = [];
  let name = '';
  for (const character of Array.from(expression).reverse()) {
    if (identifierPart.test(character)) {
      name = character + name;
    } else {
      if (name !== '') {
        names.unshift(name);
      }
      if (character !== '.' || name === '') {
        return names;
      }
      name = '';
    }
  }
  return names;
}

/**
 * A copy of the data with the value under the names; what is in the way is replaced by objects. Null is
 * not set as a field that is not there; see `merge`.
 */
function withValueAt(
  data: JsonObject,
  [first, ...rest]: string[],
  value: Json,
): JsonObject {
  if (rest.length === 0) {
    return value === null && !Object.hasOwn(data, first)
      ? data
      : withField(data, first, value);
  }
  const child = Object.hasOwn(data, first) ? data[first] : undefined;
  const inner = isJsonObject(child) ? child : {};
  return withField(data, first, withValueAt(inner, rest, value));
}

export interface Assignment {
  expression: string;
  data: Json;
  /** What the expression gives for the data. */
  target: Json;
  value: Json;
  /** The data with what the expression selects replaced, when it selects exactly one place. */
  replaceSelected: (value: Json) => Json | undefined;
}

/**
 * Writes a value to where an expression points, as Kogito does: it merges the value into what the
 * expression gives, and puts the result under the names at the end of the expression. Since it merges in
 * place, objects and arrays that the expression selects otherwise change as well.
 */
export function assignTo(assignment: Assignment): Json {
  const { expression, target, value, replaceSelected } = assignment;
  const merged = merge(target, value);
  const data = changesInPlace(target, value)
    ? replaceSelected(merged) ?? assignment.data
    : assignment.data;
  const names = namesAtEnd(expression);
  return isJsonObject(data) && names.length > 0
    ? withValueAt(data, names, merged)
    : data;
}

/** Whether merging changes the target itself instead of giving another value. */
function changesInPlace(target: Json, value: Json): boolean {
  if (Array.isArray(target)) {
    return !Array.isArray(value);
  }
  return isJsonObject(target) && Object.keys(target).length > 0;
}
