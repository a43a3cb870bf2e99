/** One column of a record batch: its values from row to row, as numbers where they are some, and as texts. */
import type { Cell } from '../cells-to-column.js';
import type { ArrowField, ArrowType, TimeUnit } from './schema.js';

export interface ArrowColumn {
  /** Row's value; undefined where missing. */
  at(row: number): Cell;
}

/** What a batch gives a column: its next node and buffers. */
export interface BatchParts {
  node(): { length: number; missing: number };
  buffer(): Uint8Array;
  variadic(): number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const unitsPerSecond = [1, 1e3, 1e6, 1e9] as const;
/** Characters of a text that are looked at. */
const mostText = 2 ** 22;

/** @param dictionary of the field, where it has one */
export function readColumn(field: ArrowField, parts: BatchParts, dictionary?: readonly Cell[]): ArrowColumn & { length: number } {
  const { length, missing } = parts.node();
  const { type } = field;
  if (type.kind === 'null' && !field.dictionary) return { length, at: () => undefined };
  const validity = parts.buffer();
  const isThere = missing === 0 || validity.length === 0 ? undefined : validity;
  if (isThere) atLeast(isThere, Math.ceil(length / 8));
  const value = field.dictionary
    ? coded(integers(parts.buffer(), length, field.dictionary), dictionary ?? [])
    : valuesOf(type, parts, length);
  return { length, at: (row) => (isThere && ((isThere[row >> 3] >> (row & 7)) & 1) === 0 ? undefined : value(row)) };
}

function valuesOf(type: ArrowType, parts: BatchParts, length: number): (row: number) => Cell {
  switch (type.kind) {
    case 'utf8-view':
      return views(parts, length);
    case 'utf8':
      return texts(integers(parts.buffer(), length > 0 ? length + 1 : 0, { bits: 32, signed: true }), parts.buffer());
    case 'large-utf8':
      return texts(integers(parts.buffer(), length > 0 ? length + 1 : 0, { bits: 64, signed: true }), parts.buffer());
    case 'boolean': {
      const bits = atLeast(parts.buffer(), Math.ceil(length / 8));
      return (row) => (((bits[row >> 3] >> (row & 7)) & 1) === 1 ? 'true' : 'false');
    }
    case 'float':
      return floats(parts.buffer(), length, type.bits);
    case 'integer':
      return integers(parts.buffer(), length, type);
    case 'decimal':
      return decimals(parts.buffer(), length, type.bits, type.scale);
    case 'date': {
      const days = integers(parts.buffer(), length, { bits: type.bits, signed: true });
      return type.bits === 32 ? (row) => Number(days(row)) * 86_400_000 : (row) => Number(days(row));
    }
    case 'timestamp':
      return times(parts.buffer(), length, type.unit);
    case 'time':
    case 'duration': {
      const counts = integers(parts.buffer(), length, { bits: type.bits, signed: true });
      const perSecond = unitsPerSecond[type.unit];
      return (row) => Number(counts(row)) / perSecond;
    }
    default:
      throw new TypeError('Such columns are left out.');
  }
}

function atLeast(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length < length) throw new RangeError(`A buffer has ${bytes.length} bytes, and needs ${length}.`);
  return bytes;
}

/** A view of numbers, which lie where they may. */
const viewOf = (bytes: Uint8Array, length: number, bits: number): DataView => {
  atLeast(bytes, (length * bits) / 8);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

/** Whole numbers that no double holds are their digits. */
function integers(bytes: Uint8Array, length: number, { bits, signed }: { bits: number; signed: boolean }): (row: number) => Cell {
  const view = viewOf(bytes, length, bits);
  switch (bits) {
    case 8:
      return signed ? (row) => view.getInt8(row) : (row) => view.getUint8(row);
    case 16:
      return signed ? (row) => view.getInt16(2 * row, true) : (row) => view.getUint16(2 * row, true);
    case 32:
      return signed ? (row) => view.getInt32(4 * row, true) : (row) => view.getUint32(4 * row, true);
    default:
      return (row) => {
        const low = view.getUint32(8 * row, true);
        const high = signed ? view.getInt32(8 * row + 4, true) : view.getUint32(8 * row + 4, true);
        const value = high * 2 ** 32 + low;
        if (Number.isSafeInteger(value)) return value;
        return String(signed ? view.getBigInt64(8 * row, true) : view.getBigUint64(8 * row, true));
      };
  }
}

function floats(bytes: Uint8Array, length: number, bits: number): (row: number) => Cell {
  const view = viewOf(bytes, length, bits);
  const value: (row: number) => number =
    bits === 64
      ? (row) => view.getFloat64(8 * row, true)
      : bits === 32
        ? (row) => view.getFloat32(4 * row, true)
        : (row) => half(view.getUint16(2 * row, true));
  return (row) => {
    const number = value(row);
    if (Number.isNaN(number)) return undefined;
    return Math.abs(number) <= 1e100 ? number : String(number);
  };
}

const halfView = new DataView(new ArrayBuffer(4));

/** Its bits as those of a single, which holds every half. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >= 0x8000 ? -1 : 1;
  // Below the smallest exponent the fraction counts in steps of 2^-24.
  if (exponent === 0) return (sign * fraction) / 16_777_216;
  const single = (exponent === 31 ? 255 : exponent + 112) << 23;
  halfView.setInt32(0, ((bits & 0x8000) << 16) | single | (fraction << 13));
  return halfView.getFloat32(0);
}

function decimals(bytes: Uint8Array, length: number, bits: number, scale: number): (row: number) => Cell {
  const view = viewOf(bytes, length, bits);
  const size = bits / 8;
  return (row) => {
    let digits = 0n;
    for (let word = size - 4; word >= 0; word -= 4) digits = (digits << 32n) | BigInt(view.getUint32(row * size + word, true));
    // By its text: the nearest double to the decimal, not a quotient of two that are near.
    const value = Number(`${BigInt.asIntN(bits, digits)}e${-scale}`);
    return Math.abs(value) <= 1e100 ? value : String(value);
  };
}

/** Milliseconds since 1970, the fraction of one left out. */
function times(bytes: Uint8Array, length: number, unit: TimeUnit): (row: number) => Cell {
  const view = viewOf(bytes, length, 64);
  const perMillisecond = unit === 3 ? 1_000_000n : 1000n;
  return (row) => {
    const count = view.getBigInt64(8 * row, true);
    if (unit === 0) return Number(count) * 1000;
    if (unit === 1) return Number(count);
    const whole = count / perMillisecond;
    return Number(count < 0n && whole * perMillisecond !== count ? whole - 1n : whole);
  };
}

function texts(offset: (row: number) => Cell, values: Uint8Array): (row: number) => Cell {
  return (row) => {
    const [start, end] = [Number(offset(row)), Number(offset(row + 1))];
    if (!(start >= 0 && end >= start && end <= values.length)) throw new RangeError('A text leads out of its buffer.');
    return decoder.decode(values.subarray(start, Math.min(end, start + mostText)));
  };
}

/** Short texts in place, long ones in buffers beside. */
function views(parts: BatchParts, length: number): (row: number) => Cell {
  const bytes = parts.buffer();
  const view = viewOf(bytes, length, 128);
  const beside = Array.from({ length: Math.max(0, Math.min(parts.variadic(), 2 ** 20)) }, () => parts.buffer());
  return (row) => {
    const place = 16 * row;
    const size = view.getInt32(place, true);
    if (size >= 0 && size <= 12) return decoder.decode(bytes.subarray(place + 4, place + 4 + size));
    const buffer = beside.at(view.getInt32(place + 8, true));
    const start = view.getInt32(place + 12, true);
    if (!buffer || size < 0 || start < 0 || start + size > buffer.length) throw new RangeError('A text leads out of its buffer.');
    return decoder.decode(buffer.subarray(start, start + Math.min(size, mostText)));
  };
}

function coded(index: (row: number) => Cell, dictionary: readonly Cell[]): (row: number) => Cell {
  return (row) => {
    const code = Number(index(row));
    if (!(code >= 0 && code < dictionary.length)) throw new RangeError(`Code ${code} of a dictionary of ${dictionary.length}.`);
    return dictionary[code];
  };
}
