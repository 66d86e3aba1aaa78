import { BuiltinTable, plainFunction } from '../builtins/Builtin';
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

/** Builtins for numbers that do something else than in jq. */
export const numbers: BuiltinTable = {
  'tonumber/0': plainFunction(toNumber),
};
