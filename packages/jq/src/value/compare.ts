import { JqError } from '../errors';
import { JqValue } from './JqValue';
import { isObject, JqObject, typeName, TypeName } from './kinds';
import { compareText, sortedKeys } from './objects';

const typeOrder: Readonly<Record<TypeName, number>> = {
  null: 0,
  boolean: 1,
  number: 3,
  string: 4,
  array: 5,
  object: 6,
};

function order(value: JqValue): number {
  return value === true ? 2 : typeOrder[typeName(value)];
}

/** Called for each value that a comparison visits. */
export type OnVisit = () => void;

const maxDepth = 10_000;

/** Two containers whose elements are compared one after the other. */
interface Frame {
  a: readonly JqValue[];
  b: readonly JqValue[];
  next: number;
  /** The result when all elements are equal. */
  otherwise: number;
}

/**
 * jq's order: null, false, true, numbers, strings, arrays, objects. NaN is below every number and
 * itself. Negative, 0 or positive, as Array.sort wants it. Does not recurse, so that depth can't hurt.
 */
export function compare(a: JqValue, b: JqValue, onVisit: OnVisit): number {
  const stack: Frame[] = [];
  let result = compareHeads(a, b, stack, onVisit);
  while (result === 0 && stack.length > 0) {
    const frame = stack[stack.length - 1];
    if (frame.next === Math.min(frame.a.length, frame.b.length)) {
      stack.pop();
      result = frame.otherwise;
    } else {
      const at = frame.next;
      frame.next++;
      result = compareHeads(frame.a[at], frame.b[at], stack, onVisit);
    }
  }
  return result;
}

/** Compares scalars; of containers only what can be told at once, the rest is put on the stack. */
function compareHeads(
  a: JqValue,
  b: JqValue,
  stack: Frame[],
  onVisit: OnVisit,
): number {
  onVisit();
  if (typeof a === 'number' && typeof b === 'number') {
    return compareNumbers(a, b);
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return compareText(a, b);
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    push(stack, { a, b, next: 0, otherwise: a.length - b.length });
    return 0;
  }
  if (isObject(a) && isObject(b)) {
    return compareObjects(a, b, stack);
  }
  return order(a) - order(b);
}

function push(stack: Frame[], frame: Frame) {
  if (stack.length >= maxDepth) {
    throw new JqError('Comparison too deep');
  }
  stack.push(frame);
}

function compareNumbers(a: number, b: number): number {
  if (a < b || Number.isNaN(a)) {
    return -1;
  }
  return a === b ? 0 : 1;
}

/** First the sorted keys, then the values in the order of the keys. */
function compareObjects(a: JqObject, b: JqObject, stack: Frame[]): number {
  const keys = sortedKeys(a);
  const otherKeys = sortedKeys(b);
  for (let i = 0; i < Math.min(keys.length, otherKeys.length); i++) {
    const result = compareText(keys[i], otherKeys[i]);
    if (result !== 0) {
      return result;
    }
  }
  if (keys.length === otherKeys.length) {
    push(stack, {
      a: keys.map(key => a[key]),
      b: keys.map(key => b[key]),
      next: 0,
      otherwise: 0,
    });
  }
  return keys.length - otherKeys.length;
}

/** Does not recurse, so that depth can't hurt. */
export function equals(a: JqValue, b: JqValue, onVisit: OnVisit): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') {
    return a === b;
  }
  const pending: { a: JqValue; b: JqValue; depth: number }[] = [
    { a, b, depth: 0 },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    onVisit();
    const pairs = pairsInside(next.a, next.b);
    if (!pairs) {
      return false;
    }
    const depth = next.depth + 1;
    if (pairs.length > 0 && depth > maxDepth) {
      throw new JqError('Equality check too deep');
    }
    for (const [x, y] of pairs) {
      if (typeof x === 'object' && typeof y === 'object') {
        pending.push({ a: x, b: y, depth });
      } else if (x !== y) {
        return false;
      }
    }
  }
  return true;
}

/** What must be equal for two values to be so; undefined when they are not. */
function pairsInside(a: JqValue, b: JqValue): [JqValue, JqValue][] | undefined {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length ? a.map((v, i) => [v, b[i]]) : undefined;
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    const isPossible =
      keys.length === Object.keys(b).length &&
      keys.every(key => Object.hasOwn(b, key));
    return isPossible ? keys.map(key => [a[key], b[key]]) : undefined;
  }
  return a === b ? [] : undefined;
}
