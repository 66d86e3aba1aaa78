/** Mathematical functions that JavaScript lacks. */

/** To the nearest whole number, halves to the even one. */
export function roundHalfEven(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) {
    return x;
  }
  const floor = Math.floor(x);
  const part = x - floor;
  if (part === 0.5) {
    return floor % 2 === 0 ? floor : floor + 1;
  }
  return part < 0.5 ? floor : floor + 1;
}

/** The number as a fraction in [0.5, 1) and a power of two. */
export function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) {
    return [x, 0];
  }
  const view = new DataView(new ArrayBuffer(8));
  const isSubnormal = Math.abs(x) < 2.2250738585072014e-308;
  const scaled = isSubnormal ? x * 2 ** 54 : x;
  view.setFloat64(0, scaled);
  const high = view.getUint16(0);
  const exponent = ((high >> 4) & 0x7ff) - 1022 - (isSubnormal ? 54 : 0);
  view.setUint16(0, (high & 0x800f) | (1022 << 4));
  return [view.getFloat64(0), exponent];
}

/** The next number in the direction of the other. */
export function nextAfter(x: number, towards: number): number {
  if (Number.isNaN(x) || Number.isNaN(towards)) {
    return NaN;
  }
  if (x === towards) {
    return towards;
  }
  if (x === 0) {
    return Math.sign(towards) * Number.MIN_VALUE;
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const grows = x > 0 === towards > x;
  view.setBigInt64(0, view.getBigInt64(0) + (grows ? BigInt(1) : BigInt(-1)));
  return view.getFloat64(0);
}

// Lanczos' approximation with g = 607/128 and 15 terms (Godfrey's coefficients).
const lanczosG = 607 / 128;
const lanczos = [
  0.99999999999999709182, 57.156235665862923517, -59.597960355475491248,
  14.136097974741747174, -0.49191381609762019978, 3.3994649984811888699e-5,
  4.6523628927048575665e-5, -9.8374475304879564677e-5, 1.5808870322491248884e-4,
  -2.1026444172410488319e-4, 2.174396181152126432e-4, -1.6431810653676389022e-4,
  8.4418223983852743293e-5, -2.619083840158140867e-5, 3.6899182659531622704e-6,
];

function lanczosSum(x: number): number {
  return lanczos.reduce(
    (sum, coefficient, i) =>
      i === 0 ? coefficient : sum + coefficient / (x + i),
    0,
  );
}

/** The natural logarithm of the absolute value of the gamma function. */
export function logGamma(x: number): number {
  if (Number.isNaN(x)) {
    return NaN;
  }
  if (!Number.isFinite(x) || (x <= 0 && Number.isInteger(x))) {
    return Infinity;
  }
  if (x < 0.5) {
    return (
      Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x)
    );
  }
  if (Number.isInteger(x) && x <= 23) {
    return Math.log(gamma(x));
  }
  const t = x - 1 + lanczosG + 0.5;
  return (
    Math.log(Math.sqrt(2 * Math.PI) * lanczosSum(x - 1)) +
    (x - 0.5) * Math.log(t) -
    t
  );
}

export function gamma(x: number): number {
  if (x === 0 || (x < 0 && Number.isInteger(x)) || x === -Infinity) {
    return x === 0 ? 1 / x : NaN;
  }
  if (Number.isInteger(x) && x <= 23) {
    let product = 1;
    for (let i = 2; i < x; i++) {
      product *= i;
    }
    return product;
  }
  if (x < 0.5) {
    return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  }
  return Math.exp(logGamma(x));
}

/** By its power series near zero, by the continued fraction of its complement elsewhere. */
export function errorFunction(x: number): number {
  const magnitude = Math.abs(x);
  if (Number.isNaN(x) || magnitude > 6) {
    return Number.isNaN(x) ? NaN : Math.sign(x);
  }
  if (magnitude < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) {
    fraction = n / 2 / (magnitude + fraction);
  }
  const complement =
    Math.exp(-magnitude * magnitude) /
    ((magnitude + fraction) * Math.sqrt(Math.PI));
  return Math.sign(x) * (1 - complement);
}

const maxOrder = 1000;
const maxArgument = 10_000;

/** Bessel's function of the first kind, by the trapezoid rule on his integral; NaN when too large. */
export function besselJ(order: number, x: number): number {
  const n = Math.trunc(order);
  if (Math.abs(n) > maxOrder || !(Math.abs(x) <= maxArgument)) {
    return NaN;
  }
  const points = 64 + 2 * Math.ceil(Math.abs(x) + Math.abs(n));
  let sum = 0;
  for (let i = 0; i < points; i++) {
    const angle = (2 * Math.PI * i) / points;
    sum += Math.cos(n * angle - x * Math.sin(angle));
  }
  return sum / points;
}

/** Bessel's function of the second kind: orders 0 and 1 by Schläfli's integral, then upwards. */
export function besselY(order: number, x: number): number {
  const n = Math.trunc(order);
  if (Math.abs(n) > maxOrder || !(x <= maxArgument) || x < 0) {
    return NaN;
  }
  if (x === 0) {
    return -Infinity;
  }
  if (n < 0) {
    return (n % 2 === 0 ? 1 : -1) * besselY(-n, x);
  }
  let [previous, current] = [schlaefli(0, x), schlaefli(1, x)];
  if (n === 0) {
    return previous;
  }
  for (let k = 1; k < n; k++) {
    [previous, current] = [current, (2 * k * current) / x - previous];
  }
  return current;
}

function schlaefli(n: 0 | 1, x: number): number {
  const oscillating = simpson(
    angle => Math.sin(x * Math.sin(angle) - n * angle),
    Math.PI,
    400 + 8 * Math.ceil(x),
  );
  const end = Math.asinh(750 / x);
  const decaying = simpson(
    t =>
      (Math.exp(n * t) + (n === 0 ? 1 : -Math.exp(-t))) *
      Math.exp(-x * Math.sinh(t)),
    end,
    20_000,
  );
  return (oscillating - decaying) / Math.PI;
}

/** The integral from 0 by Simpson's rule with an even number of intervals. */
function simpson(
  f: (x: number) => number,
  end: number,
  intervals: number,
): number {
  const width = end / intervals;
  let sum = f(0) + f(end);
  for (let i = 1; i < intervals; i++) {
    sum += (i % 2 === 0 ? 2 : 4) * f(i * width);
  }
  return (sum * width) / 3;
}
