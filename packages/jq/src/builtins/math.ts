import { Run } from '../run/Run';
import { negate } from '../value/arithmetic';
import { compare } from '../value/compare';
import {
  besselJ,
  besselY,
  errorFunction,
  frexp,
  gamma,
  logGamma,
  nextAfter,
  roundHalfEven,
} from '../value/functions';
import { JqValue } from '../value/JqValue';
import {
  asNumber,
  Builtin,
  BuiltinTable,
  ofType,
  filter,
  plainFunction,
} from './Builtin';

function unary(compute: (x: number) => number): Builtin {
  return plainFunction((run, input) => run.number(compute(asNumber(input))));
}

function binary(compute: (x: number, y: number) => number): Builtin {
  return plainFunction((run, _input, [x, y]) =>
    run.number(compute(asNumber(x), asNumber(y))),
  );
}

function predicate(holds: (value: JqValue) => boolean): Builtin {
  return plainFunction((_run, input) => holds(input));
}

/** Like C: towards the nearest, halves away from zero. */
function round(x: number): number {
  return Number.isFinite(x) ? Math.sign(x) * Math.floor(Math.abs(x) + 0.5) : x;
}

function significand(x: number): number {
  return x === 0 || !Number.isFinite(x) ? x : frexp(x)[0] * 2;
}

function exponentOf(x: number): number {
  if (x === 0) {
    return -Infinity;
  }
  return Number.isFinite(x) ? frexp(x)[1] - 1 : Math.abs(x);
}

function scale(x: number, exponent: number): number {
  const steps = Math.trunc(Math.min(Math.max(exponent, -5000), 5000));
  let result = x;
  for (let left = steps; left !== 0; ) {
    const part = Math.min(Math.max(left, -1000), 1000);
    result *= 2 ** part;
    left -= part;
  }
  return result;
}

function remainder(x: number, y: number): number {
  if (y === 0 || !Number.isFinite(x)) {
    return NaN;
  }
  return Number.isFinite(y) ? x - roundHalfEven(x / y) * y : x;
}

function isInfinite(value: JqValue): boolean {
  return value === Infinity || value === -Infinity;
}

function isFinite(value: JqValue): boolean {
  return typeof value === 'number' && !isInfinite(value);
}

const smallestNormal = 2.2250738585072014e-308;

function isNormal(value: JqValue): boolean {
  return (
    typeof value === 'number' &&
    isFinite(value) &&
    Math.abs(value) >= smallestNormal
  );
}

/** What is below 0 in jq's order of all values is negated, which only numbers can be. */
function absolute(run: Run, value: JqValue): JqValue {
  return compare(value, 0, () => {}) < 0 ? run.number(negate(value)) : value;
}

function pair(compute: (x: number) => [number, number]): Builtin {
  return plainFunction((run, input) =>
    compute(asNumber(input)).map(part => run.number(part)),
  );
}

/** Numbers. */
export const math: BuiltinTable = {
  'infinite/0': plainFunction(run => run.number(Infinity)),
  'nan/0': plainFunction(run => run.number(NaN)),
  'isnan/0': predicate(Number.isNaN),
  'isinfinite/0': predicate(isInfinite),
  'isfinite/0': predicate(isFinite),
  'isnormal/0': predicate(isNormal),
  'finites/0': filter(isFinite),
  'normals/0': filter(isNormal),
  'abs/0': plainFunction(absolute),
  'fabs/0': unary(Math.abs),
  'floor/0': unary(Math.floor),
  'ceil/0': unary(Math.ceil),
  'round/0': unary(round),
  'rint/0': unary(roundHalfEven),
  'nearbyint/0': unary(roundHalfEven),
  'trunc/0': unary(Math.trunc),
  'sqrt/0': unary(Math.sqrt),
  'cbrt/0': unary(Math.cbrt),
  'exp/0': unary(Math.exp),
  'exp2/0': unary(x => 2 ** x),
  'exp10/0': unary(x => 10 ** x),
  'expm1/0': unary(Math.expm1),
  'log/0': unary(Math.log),
  'log2/0': unary(Math.log2),
  'log10/0': unary(Math.log10),
  'log1p/0': unary(Math.log1p),
  'logb/0': unary(exponentOf),
  'significand/0': unary(significand),
  'gamma/0': unary(logGamma),
  'lgamma/0': unary(logGamma),
  'tgamma/0': unary(gamma),
  'lgamma_r/0': pair(x => [logGamma(x), Math.sign(gamma(x)) || 1]),
  'frexp/0': pair(frexp),
  'modf/0': pair(x => [
    Number.isFinite(x) ? x - Math.trunc(x) : 0,
    Math.trunc(x),
  ]),
  'erf/0': unary(errorFunction),
  'erfc/0': unary(x => 1 - errorFunction(x)),
  'j0/0': unary(x => besselJ(0, x)),
  'j1/0': unary(x => besselJ(1, x)),
  'jn/2': binary(besselJ),
  'y0/0': unary(x => besselY(0, x)),
  'y1/0': unary(x => besselY(1, x)),
  'yn/2': binary(besselY),
  'sin/0': unary(Math.sin),
  'cos/0': unary(Math.cos),
  'tan/0': unary(Math.tan),
  'asin/0': unary(Math.asin),
  'acos/0': unary(Math.acos),
  'atan/0': unary(Math.atan),
  'sinh/0': unary(Math.sinh),
  'cosh/0': unary(Math.cosh),
  'tanh/0': unary(Math.tanh),
  'asinh/0': unary(Math.asinh),
  'acosh/0': unary(Math.acosh),
  'atanh/0': unary(Math.atanh),
  'pow/2': binary((x, y) => x ** y),
  'atan2/2': binary(Math.atan2),
  'fmin/2': binary((x, y) =>
    Number.isNaN(x) ? y : Math.min(x, Number.isNaN(y) ? x : y),
  ),
  'fmax/2': binary((x, y) =>
    Number.isNaN(x) ? y : Math.max(x, Number.isNaN(y) ? x : y),
  ),
  'fmod/2': binary((x, y) => x % y),
  'fdim/2': binary((x, y) => (x > y ? x - y : 0)),
  'hypot/2': binary(Math.hypot),
  'copysign/2': binary(
    (x, y) => Math.abs(x) * (y < 0 || Object.is(y, -0) ? -1 : 1),
  ),
  'drem/2': binary(remainder),
  'remainder/2': binary(remainder),
  'nextafter/2': binary(nextAfter),
  'nexttoward/2': binary(nextAfter),
  'ldexp/2': binary(scale),
  'scalb/2': binary(scale),
  'scalbln/2': binary(scale),
  'fma/3': plainFunction((run, _input, [x, y, z]) =>
    run.number(asNumber(x) * asNumber(y) + asNumber(z)),
  ),
  'numbers/0': ofType('number'),
  'strings/0': ofType('string'),
  'booleans/0': ofType('boolean'),
  'nulls/0': ofType('null'),
  'arrays/0': ofType('array'),
  'objects/0': ofType('object'),
  'iterables/0': ofType('array', 'object'),
  'scalars/0': ofType('null', 'boolean', 'number', 'string'),
  'values/0': ofType('boolean', 'number', 'string', 'array', 'object'),
  'have_decnum/0': plainFunction(() => false),
  'have_literal_numbers/0': plainFunction(() => true),
};
