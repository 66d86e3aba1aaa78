import { BuiltinTable, filter, plainFunction } from '../builtins/Builtin';
import { JqError } from '../errors';
import { Run } from '../run/Run';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';

const javaNumber =
  /^([+-]?)(?:(NaN)|(Infinity)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?)$/;

/** As Java's `Double.parseDouble`. */
function toNumber(run: Run, value: JqValue): JqValue {
  if (typeof value === 'number') {
    return value;
  }
  const match = typeof value === 'string' && javaNumber.exec(value.trim());
  if (!match) {
    throw new JqError(`${describe(value)} cannot be parsed as a number`);
  }
  const [, sign, nan, infinity, digits] = match;
  const magnitude = infinity ? Infinity : Number(digits);
  const number = nan ? NaN : magnitude;
  return run.number(sign === '-' ? -number : number);
}

function isFiniteNumber(value: JqValue): boolean {
  return typeof value === 'number' && Math.abs(value) !== Infinity;
}

function isInfinite(value: JqValue): boolean {
  return typeof value === 'number' && !isFiniteNumber(value);
}

const smallestNormal = 2.2250738585072014e-308;

function isNormal(value: JqValue): boolean {
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    Math.abs(value) >= smallestNormal
  );
}

function predicate(holds: (value: JqValue) => boolean) {
  return plainFunction((_run, input) => holds(input));
}

/** Builtins for numbers that do something else than in jq. */
export const numbers: BuiltinTable = {
  'tonumber/0': plainFunction(toNumber),
  'isnan/0': predicate(Number.isNaN),
  'isinfinite/0': predicate(isInfinite),
  'isfinite/0': predicate(isFiniteNumber),
  'isnormal/0': predicate(isNormal),
  'finites/0': filter(isFiniteNumber),
  'normals/0': filter(isNormal),
};
