/** Numbers of fixed length in a Parquet file: 64-bit integers without the cost of a bigint, decimals, half floats, old timestamps. */
import type { Reading } from './reading.js';

/** Exact within ±2^53; rounded beyond. */
export function int64At(view: DataView, offset: number, unsigned: boolean): number {
  const low = view.getUint32(offset, true);
  const high = unsigned ? view.getUint32(offset + 4, true) : view.getInt32(offset + 4, true);
  return high * 4294967296 + low;
}

/** The unscaled value of bytes, highest first: a decimal in two's complement, or a half float, lowest first. */
export function fixedNumber(bytes: Uint8Array, reading: Reading): number {
  if (reading.as === 'number' && reading.words === '16-bit number')
    return bytes.length === 2 ? half(bytes[0] | (bytes[1] << 8)) : Number.NaN;
  if (bytes.length <= 6) {
    let value = 0;
    for (const byte of bytes) value = value * 256 + byte;
    return bytes.length > 0 && bytes[0] > 127 ? value - 2 ** (8 * bytes.length) : value;
  }
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return Number(BigInt.asIntN(bytes.length * 8, value));
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0) return sign * 2 ** -14 * fraction;
  return exponent === 31 ? (fraction ? Number.NaN : sign * Infinity) : sign * 2 ** (exponent - 15) * (1 + fraction);
}

const julianDayOf1970 = 2440588;

/** Milliseconds since 1970 of Impala's twelve bytes: nanoseconds of the day, then the day. */
export const int96At = (view: DataView, offset: number): number =>
  (view.getInt32(offset + 8, true) - julianDayOf1970) * 86_400_000 + int64At(view, offset, false) / 1_000_000;
