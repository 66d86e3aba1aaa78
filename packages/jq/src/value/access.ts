import { JqError } from '../errors';
import { describe, excerpt } from './describe';
import { JqValue } from './JqValue';
import { isObject, JqObject, typeName } from './kinds';
import { field } from './objects';
import { sliceText } from './text';

/** The key of a slice in a path: `{"start": 1, "end": 3}`. */
export function isSliceKey(
  key: JqValue,
): key is { start: JqValue; end: JqValue } {
  return isObject(key);
}

/** What `.[key]` selects. */
export function index(target: JqValue, key: JqValue): JqValue {
  if (typeof key === 'string') {
    if (isObject(target)) {
      return field(target, key);
    }
  } else if (typeof key === 'number') {
    if (Array.isArray(target)) {
      return element(target, key);
    }
  } else if (isSliceKey(key)) {
    if (typeof target === 'string' || Array.isArray(target)) {
      return slice(target, bound(key, 'start'), bound(key, 'end'));
    }
  } else if (Array.isArray(key) && Array.isArray(target)) {
    return indicesOfArray(target, key);
  }
  if (target === null && isKey(key)) {
    return null;
  }
  throw cannotIndex(target, key);
}

/** A bound of a slice, which may be null but must be there. */
function bound(key: JqObject, name: string): JqValue {
  const value = Object.hasOwn(key, name) ? key[name] : undefined;
  if (value !== null && typeof value !== 'number') {
    throw new JqError('Array/string slice indices must be integers');
  }
  return value;
}

function isKey(key: JqValue): boolean {
  return typeof key === 'string' || typeof key === 'number' || isObject(key);
}

function cannotIndex(target: JqValue, key: JqValue): JqError {
  return new JqError(`Cannot index ${typeName(target)} with ${describe(key)}`);
}

function element(array: JqValue[], key: number): JqValue {
  const at = Math.trunc(key);
  return array[at < 0 ? at + array.length : at] ?? null;
}

/** Positions at which one array occurs in the other. */
export function indicesOfArray(
  array: JqValue[],
  part: JqValue[],
  areEqual: (a: JqValue, b: JqValue) => boolean = Object.is,
): number[] {
  if (part.length === 0) {
    return [];
  }
  const found: number[] = [];
  for (let i = 0; i + part.length <= array.length; i++) {
    if (part.every((value, j) => areEqual(array[i + j], value))) {
      found.push(i);
    }
  }
  return found;
}

/** Bounds of a slice within 0 and the length. */
export function sliceBounds(
  length: number,
  from: JqValue,
  to: JqValue,
): [number, number] {
  const start = position(from, 0, length, Math.floor);
  const end = position(to, length, length, Math.ceil);
  return [start, Math.max(start, end)];
}

function position(
  value: JqValue,
  missing: number,
  length: number,
  round: (x: number) => number,
): number {
  if (value === null) {
    return missing;
  }
  if (typeof value !== 'number') {
    throw new JqError(
      'Start and end indices of an array slice must be numbers',
    );
  }
  if (Number.isNaN(value)) {
    return missing;
  }
  const at = round(value < 0 ? value + length : value);
  return Math.min(Math.max(at, 0), length);
}

export function slice(target: JqValue, from: JqValue, to: JqValue): JqValue {
  if (target === null) {
    return null;
  }
  if (typeof target === 'string') {
    return sliceText(target, length => sliceBounds(length, from, to));
  }
  if (Array.isArray(target)) {
    return target.slice(...sliceBounds(target.length, from, to));
  }
  throw new JqError(`Cannot index ${typeName(target)} with object`);
}

/** Calls back for each element or entry. */
export function iterate(
  target: JqValue,
  visit: (value: JqValue, key: JqValue) => void,
) {
  if (Array.isArray(target)) {
    for (let i = 0; i < target.length; i++) {
      visit(target[i], i);
    }
  } else if (isObject(target)) {
    for (const key of Object.keys(target)) {
      visit(target[key], key);
    }
  } else {
    throw new JqError(`Cannot iterate over ${describe(target)}`);
  }
}

/** Where a path expression leaves the paths of its input. */
export function notAPath(what: string, value: JqValue): JqError {
  return new JqError(
    `Invalid path expression near attempt to ${what} ${excerpt(value)}`,
  );
}
