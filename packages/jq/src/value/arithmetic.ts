import { JqError } from '../errors';
import { Run } from '../run/Run';
import { ArithmeticOperator } from '../syntax/Ast';
import { equals } from './compare';
import { describe } from './describe';
import { JqValue } from './JqValue';
import { isObject, JqObject } from './kinds';
import { copyObject } from './objects';
import { codePoints } from './text';

const maxTextLength = 2_147_483_647;

export type Arithmetic = (run: Run, a: JqValue, b: JqValue) => JqValue;

function fail(a: JqValue, b: JqValue, done: string): never {
  throw new JqError(`${describe(a)} and ${describe(b)} cannot be ${done}`);
}

export function add(run: Run, a: JqValue, b: JqValue): JqValue {
  if (typeof a === 'number' && typeof b === 'number') {
    return run.number(a + b);
  }
  if (a === null) {
    return b;
  }
  if (b === null) {
    return a;
  }
  if (typeof a === 'string' && typeof b === 'string') {
    run.grow(a.length + b.length);
    return a + b;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    run.grow(a.length + b.length);
    return a.concat(b);
  }
  if (isObject(a) && isObject(b)) {
    return addObjects(run, a, b);
  }
  return fail(a, b, 'added');
}

function addObjects(run: Run, a: JqObject, b: JqObject): JqObject {
  const sum = copyObject(a);
  let entries = Object.keys(sum).length;
  for (const key of Object.keys(b)) {
    sum[key] = b[key];
    entries++;
  }
  run.grow(entries);
  return sum;
}

function subtract(run: Run, a: JqValue, b: JqValue): JqValue {
  if (typeof a === 'number' && typeof b === 'number') {
    return run.number(a - b);
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const onVisit = () => run.step();
    return a.filter(value => {
      run.step();
      return !b.some(removed => {
        run.step();
        return equals(value, removed, onVisit);
      });
    });
  }
  return fail(a, b, 'subtracted');
}

export function multiply(run: Run, a: JqValue, b: JqValue): JqValue {
  if (typeof a === 'number' && typeof b === 'number') {
    return run.number(a * b);
  }
  if (typeof a === 'string' && typeof b === 'number') {
    return repeat(run, a, b);
  }
  if (typeof a === 'number' && typeof b === 'string') {
    return repeat(run, b, a);
  }
  if (isObject(a) && isObject(b)) {
    return mergeDeep(run, a, b);
  }
  return fail(a, b, 'multiplied');
}

/** Null for a negative count; a fraction adds the start of one more text only below 1. */
function repeat(run: Run, text: string, count: number): JqValue {
  if (Number.isNaN(count) || count < 0) {
    return null;
  }
  const times =
    count < 1 ? Math.ceil(count === 0 ? 0 : count - 0.5) : Math.floor(count);
  if (text.length * times > maxTextLength) {
    throw new JqError('Repeat string result too long');
  }
  run.grow(text.length * times);
  return text.length === 0 ? '' : text.repeat(times);
}

const maxMergeDepth = 10_000;

/** Objects under the same key are merged, too. */
function mergeDeep(run: Run, a: JqObject, b: JqObject): JqObject {
  const merged = copyObject(a);
  const pending = [{ target: merged, source: b, depth: 1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { target, source, depth } = next;
    run.grow(Object.keys(target).length);
    for (const key of Object.keys(source)) {
      run.grow(1);
      const old = Object.hasOwn(target, key) ? target[key] : null;
      const value = source[key];
      if (isObject(old) && isObject(value)) {
        if (depth > maxMergeDepth) {
          throw new JqError('Object merge too deep');
        }
        const copy = copyObject(old);
        target[key] = copy;
        pending.push({ target: copy, source: value, depth: depth + 1 });
      } else {
        target[key] = value;
      }
    }
  }
  return merged;
}

function divide(run: Run, a: JqValue, b: JqValue): JqValue {
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) {
      fail(a, b, 'divided because the divisor is zero');
    }
    return run.number(a / b);
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return splitText(run, a, b);
  }
  return fail(a, b, 'divided');
}

export function splitText(
  run: Run,
  text: string,
  separator: string,
): JqValue[] {
  run.grow(text.length);
  if (text === '') {
    return [];
  }
  return separator === '' ? codePoints(text) : text.split(separator);
}

const minInteger = -(2 ** 63);
const maxInteger = BigInt('9223372036854775807');

/** Of whole numbers, as C does it: the sign is that of the dividend. */
export function modulo(run: Run, a: JqValue, b: JqValue): JqValue {
  if (typeof a !== 'number' || typeof b !== 'number') {
    return fail(a, b, 'divided (remainder)');
  }
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return run.number(NaN);
  }
  const divisor = toInteger(b);
  if (divisor === BigInt(0)) {
    return fail(a, b, 'divided (remainder) because the divisor is zero');
  }
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    return (a % b) + 0;
  }
  const magnitude = divisor < 0 ? -divisor : divisor;
  return Number(toInteger(a) % magnitude);
}

/** As C converts to 64 bits. */
function toInteger(value: number): bigint {
  if (value >= -minInteger) {
    return maxInteger;
  }
  return BigInt(Math.trunc(Math.max(value, minInteger)));
}

export const arithmetic: Readonly<Record<ArithmeticOperator, Arithmetic>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': modulo,
};

export function negate(value: JqValue): number {
  if (typeof value !== 'number') {
    throw new JqError(`${describe(value)} cannot be negated`);
  }
  // As jq, which has no -0 here.
  return 0 - value;
}
