/** The values of a page, decoded as they are asked for: numbers into an array of numbers, texts into codes of a batch's texts. */
import type { HybridReader } from './bit-reader.js';
import { Damage } from './damage.js';
import type { DeltaReader } from './delta.js';
import { fixedNumber, int64At, int96At } from './fixed-bytes.js';
import { scaled } from './reading.js';
import type { Leaf } from './schema.js';

export interface NumberValues {
  /** The next `count` values to out[from…]. */
  read(out: Float64Array, from: number, count: number): void;
}

/** Longest decimal, in bytes. */
const longestDecimal = 64;

const widths = new Map([
  ['INT32', 4],
  ['FLOAT', 4],
  ['INT64', 8],
  ['DOUBLE', 8],
  ['INT96', 12],
]);

/** Bytes of each value; undefined where they differ. */
export const widthOf = ({ physical, length }: Leaf): number | undefined =>
  physical === 'FIXED_LEN_BYTE_ARRAY' ? length : widths.get(physical);

/** PLAIN: one after the other. */
export class PlainNumbers implements NumberValues {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #leaf: Leaf;
  readonly #one: ((offset: number) => number) | undefined;
  #offset: number;

  constructor(bytes: Uint8Array, offset: number, leaf: Leaf) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
    this.#leaf = leaf;
    this.#one = reader(this.#view, leaf);
  }

  read(out: Float64Array, from: number, count: number): void {
    const width = widthOf(this.#leaf);
    if (!this.#one || width === undefined) {
      for (let index = 0; index < count; index++) out[from + index] = this.#variable();
      return;
    }
    if (width < 1 || this.#offset + count * width > this.#bytes.length) throw new Damage('a page has fewer values than it says');
    for (let index = 0, offset = this.#offset; index < count; index++, offset += width) out[from + index] = this.#one(offset);
    this.#offset += count * width;
  }

  #variable(): number {
    if (this.#offset + 4 > this.#bytes.length) throw new Damage('a page has fewer values than it says');
    const length = this.#view.getUint32(this.#offset, true);
    const start = this.#offset + 4;
    if (length > longestDecimal || start + length > this.#bytes.length) throw new Damage(`a number is said to have ${length} bytes`);
    this.#offset = start + length;
    return scaled(fixedNumber(this.#bytes.subarray(start, start + length), this.#leaf.reading), this.#leaf.reading);
  }
}

/** How a value of fixed width is read; undefined for those of any length. */
function reader(view: DataView, { physical, reading, length }: Leaf): ((offset: number) => number) | undefined {
  const isUnsigned = reading.as === 'number' && reading.unsigned;
  if (physical === 'DOUBLE') return (offset) => view.getFloat64(offset, true);
  if (physical === 'FLOAT') return (offset) => view.getFloat32(offset, true);
  if (physical === 'INT32') {
    const [factor, divisor] = scaleOf(reading);
    if (isUnsigned) return (offset) => (view.getUint32(offset, true) * factor) / divisor;
    return (offset) => (view.getInt32(offset, true) * factor) / divisor;
  }
  if (physical === 'INT64') {
    if (isNanoseconds(reading)) return (offset) => fromNanoseconds(view.getBigInt64(offset, true));
    const [factor, divisor] = scaleOf(reading);
    if (factor === 1 && divisor === 1) return (offset) => int64At(view, offset, isUnsigned);
    return (offset) => (int64At(view, offset, isUnsigned) * factor) / divisor;
  }
  if (physical === 'INT96') return (offset) => int96At(view, offset);
  if (physical !== 'FIXED_LEN_BYTE_ARRAY') return undefined;
  if (length > longestDecimal) throw new Damage(`a number is said to have ${length} bytes`);
  return (offset) => scaled(fixedNumber(new Uint8Array(view.buffer, view.byteOffset + offset, length), reading), reading);
}

const scaleOf = (reading: Leaf['reading']): [factor: number, divisor: number] =>
  reading.as === 'datetime' ? [reading.factor, reading.divisor] : [1, reading.as === 'number' ? reading.divisor : 1];

/** Nanoseconds since 1970 need more digits than a double has: the last three go before it becomes one. */
const isNanoseconds = (reading: Leaf['reading']): boolean => reading.as === 'datetime' && reading.divisor === 1_000_000;
const fromNanoseconds = (value: bigint): number => Number(value / 1000n) / 1000;

/** DELTA_BINARY_PACKED. */
export class DeltaNumbers implements NumberValues {
  readonly #deltas: DeltaReader;
  readonly #convert: (value: bigint) => number;

  constructor(deltas: DeltaReader, { physical, reading }: Leaf) {
    this.#deltas = deltas;
    const isUnsigned = reading.as === 'number' && reading.unsigned;
    const bits = physical === 'INT32' ? 32 : 64;
    this.#convert = isNanoseconds(reading)
      ? fromNanoseconds
      : (value) => scaled(Number(isUnsigned ? BigInt.asUintN(bits, value) : value), reading);
  }

  read(out: Float64Array, from: number, count: number): void {
    for (let index = 0; index < count; index++) out[from + index] = this.#convert(this.#deltas.next());
  }
}

/** Indexes into a dictionary of numbers. */
export class DictionaryNumbers implements NumberValues {
  readonly #indexes: HybridReader;
  readonly #dictionary: Float64Array;
  #scratch = new Int32Array(0);

  constructor(indexes: HybridReader, dictionary: Float64Array) {
    this.#indexes = indexes;
    this.#dictionary = dictionary;
  }

  read(out: Float64Array, from: number, count: number): void {
    if (this.#scratch.length < count) this.#scratch = new Int32Array(count);
    this.#indexes.read(this.#scratch, count);
    const { length } = this.#dictionary;
    for (let index = 0; index < count; index++) {
      const entry = this.#scratch[index];
      if (entry < 0 || entry >= length) throw new Damage(`a value is entry ${entry} of a dictionary of ${length}`);
      out[from + index] = this.#dictionary[entry];
    }
  }
}

/** BYTE_STREAM_SPLIT: all first bytes, then all second ones …; put together again. */
export function unsplit(bytes: Uint8Array, start: number, width: number): Uint8Array {
  const count = Math.floor((bytes.length - start) / width);
  const whole = new Uint8Array(count * width);
  for (let byte = 0, at = start; byte < width; byte++)
    for (let index = 0; index < count; index++) whole[index * width + byte] = bytes[at++];
  return whole;
}
