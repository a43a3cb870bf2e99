/**
 * How numbers are spread over many orders of magnitude: counted by sign and power of two. A float's exponent is its bin, so that counting costs
 * a nanosecond or two a number and is exact, the same everywhere.
 */

/** Powers of two from 2^−24 to 2^7; smaller numbers count together with zero, larger ones with the last. */
export const smallestPower = -24;
export const largestPower = 7;
const powers = largestPower - smallestPower + 1;

/**
 * The bin in the middle is (−2^−24, 2^−24). The one m above it holds [2^(m − 25), 2^(m − 24)), the one m below the same with the other sign;
 * the outermost are open.
 */
export const magnitudeBins = 2 * powers + 1;

export interface Magnitudes {
  /** [magnitudeBins] */
  counts: Uint32Array;
  /** Numbers looked at. */
  looked: number;
  /** Of these, exactly 0. */
  zeros: number;
  /** Euclidean length √Σx² of all numbers; estimated from those looked at where these are not all. */
  norm: number;
}

const firstExponent = 127 + smallestPower - 1;
/** Of a float's bit pattern, the nine that are sign and exponent. */
const patterns = 512;

/** @param stride every so manieth number is looked at */
export function magnitudesOf(values: Float32Array, stride = 1): Magnitudes {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const byPattern = new Uint32Array(patterns);
  let squares = 0;
  for (let index = 0; index < bits.length; index += stride) {
    byPattern[bits[index] >>> 23]++;
    squares += values[index] * values[index];
  }
  const counts = new Uint32Array(magnitudeBins);
  for (let pattern = 0; pattern < patterns; pattern++) {
    if (byPattern[pattern] === 0) continue;
    const magnitude = Math.min(powers, Math.max(0, (pattern & 255) - firstExponent));
    counts[pattern > 255 ? powers - magnitude : powers + magnitude] += byPattern[pattern];
  }
  const looked = Math.ceil(bits.length / stride);
  const zeros = byPattern[0] + byPattern[256] > 0 ? zerosOf(values, stride) : 0;
  return { counts, looked, zeros, norm: Math.sqrt(looked > 0 ? (squares * values.length) / looked : 0) };
}

/** Numbers too small to have an exponent share a pattern with zero. */
function zerosOf(values: Float32Array, stride: number): number {
  let zeros = 0;
  for (let index = 0; index < values.length; index += stride) if (values[index] === 0) zeros++;
  return zeros;
}

/** Where a bin begins and ends; the outermost end at an infinity. */
export function magnitudeEdges(bin: number): [from: number, to: number] {
  const above = Math.abs(bin - powers);
  const near = above === 0 ? -(2 ** smallestPower) : 2 ** (smallestPower + above - 1);
  const far = above === powers ? Number.POSITIVE_INFINITY : 2 ** (smallestPower + above);
  return bin < powers ? [-far, -near] : [near, far];
}
