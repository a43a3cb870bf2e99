/**
 * Elementary functions with the same bits everywhere. The language leaves `Math.log` and its kin to each engine, and Node and
 * Chromium do differ in the last digit; sums, products, quotients and square roots are exact to the rule (IEEE 754). Only
 * those are used here. Errors stay below 2 units in the last place (`test/unit/base/elementary.test.ts`).
 */

// ln 2 in two parts: the first has so few digits that its product with an exponent is exact (as in fdlibm).
const ln2High = 6243314766446592 / 2 ** 53;
const ln2Low = 1.9082149292705877e-10;
// π / 2 in two parts, likewise.
const halfPiHigh = 1.5707963267341256;
const halfPiLow = 6.077100506506192e-11;

const largestExponential = 709.782712893384;
const smallestExponential = -745.133219101941;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** The word that holds a number's exponent: 1 where bytes come lowest first, as everywhere that we run. */
const high = 1;

/** Natural logarithm; −∞ at 0, NaN below. */
export function logarithm(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < 2 ** -1022) return logarithm(x * 2 ** 54) - 54 * ln2High - 54 * ln2Low;
  float[0] = x;
  let exponent = (words[high] >>> 20) - 1023;
  words[high] = (words[high] & 0x000fffff) | 0x3ff00000;
  let mantissa = float[0];
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // log m = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1) / (m + 1), |s| below 0.172
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let series = 0;
  for (let odd = 23; odd >= 3; odd -= 2) series = z * (1 / odd + series);
  return exponent * ln2High + (2 * s + (2 * s * series + exponent * ln2Low));
}

/** e to the x. */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > largestExponential) return Number.POSITIVE_INFINITY;
  if (x < smallestExponential) return 0;
  const exponent = Math.round(x / Math.LN2);
  const highRest = x - exponent * ln2High;
  const lowRest = exponent * ln2Low;
  const rest = highRest - lowRest;
  // What rounding took from the rest is put back: without it large arguments lose two digits.
  const lost = highRest - rest - lowRest;
  let series = 0;
  for (let degree = 14; degree >= 2; degree--) series = (rest / degree) * (1 + series);
  const half = Math.trunc(exponent / 2);
  return (1 + (rest + (rest * series + lost))) * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/** Cosine of an angle of at most a few turns. */
export function cosine(x: number): number {
  const quarter = Math.round(x / (Math.PI / 2));
  const rest = x - quarter * halfPiHigh - quarter * halfPiLow;
  const quadrant = ((quarter % 4) + 4) % 4;
  const value = quadrant % 2 === 0 ? cosineNearZero(rest) : sineNearZero(rest);
  return quadrant === 1 || quadrant === 2 ? -value : value;
}

/** Sine of an angle of at most a few turns. */
export function sine(x: number): number {
  const quarter = Math.round(x / (Math.PI / 2));
  const rest = x - quarter * halfPiHigh - quarter * halfPiLow;
  const quadrant = ((quarter % 4) + 4) % 4;
  const value = quadrant % 2 === 0 ? sineNearZero(rest) : cosineNearZero(rest);
  return quadrant >= 2 ? -value : value;
}

/** log(1 + x), also for small x (Kahan). */
export function logarithm1p(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : (logarithm(sum) * x) / (sum - 1);
}

/** e to the x, less 1, also for small x (Kahan). */
export function exponentialMinus1(x: number): number {
  const power = exponential(x);
  if (power === 1) return x;
  const difference = power - 1;
  if (difference === -1 || power === Number.POSITIVE_INFINITY) return difference;
  return (difference * x) / logarithm(power);
}

/** A base to a whole exponent of at least 0. */
export function power(base: number, exponent: number): number {
  let result = 1;
  for (let left = exponent, square = base; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square;
  }
  return result;
}

export const squared = (x: number): number => x * x;

/** Normal numbers only: |exponent| below 1023. */
function powerOfTwo(exponent: number): number {
  words[high] = (exponent + 1023) << 20;
  words[1 - high] = 0;
  return float[0];
}

/** |x| below π / 4. */
function cosineNearZero(x: number): number {
  const z = x * x;
  let series = 0;
  for (let degree = 18; degree >= 4; degree -= 2) series = (-z / (degree * (degree - 1))) * (1 + series);
  return 1 - (z / 2) * (1 + series);
}

/** |x| below π / 4. */
function sineNearZero(x: number): number {
  const z = x * x;
  let series = 0;
  for (let degree = 19; degree >= 3; degree -= 2) series = (-z / (degree * (degree - 1))) * (1 + series);
  return x + x * series;
}
