/** What the values of a column mean, by its logical type: how the bytes of one become a number, a time, a text. */
import type { PhysicalType } from './physical.js';
import type { ThriftStruct, ThriftValue } from './thrift.js';

export type Reading =
  /** `value / divisor`; whole numbers where they are so by their type. */
  | { as: 'number'; divisor: number; unsigned: boolean; whole: boolean; words: string }
  /** Milliseconds since 1970: `value * factor / divisor`. */
  | { as: 'datetime'; factor: number; divisor: number; words: string }
  | { as: 'boolean'; words: string }
  | { as: 'text'; text: 'utf8' | 'unmarked' | 'hex' | 'uuid' | 'signed' | 'unsigned'; words: string };

const converted = {
  utf8: 0,
  enum: 4,
  decimal: 5,
  date: 6,
  timeMilliseconds: 7,
  timeMicroseconds: 8,
  timestampMilliseconds: 9,
  timestampMicroseconds: 10,
  unsigned8: 11,
  unsigned64: 14,
  json: 19,
  interval: 21,
} as const;

/** Fields of the union of logical types. */
const logical = {
  string: 1,
  enum: 4,
  decimal: 5,
  date: 6,
  time: 7,
  timestamp: 8,
  integer: 10,
  json: 12,
  uuid: 14,
  half: 15,
} as const;

const unitNames = new Map([
  [1, 'milliseconds'],
  [1000, 'microseconds'],
  [1_000_000, 'nanoseconds'],
]);

export function readingOf(physical: PhysicalType, element: ThriftStruct): Reading {
  const type = element.get(6);
  const union = element.get(10);
  const has = (field: number): boolean => union instanceof Map && (union as ThriftStruct).has(field);
  const detail = (field: number): ThriftStruct => structOf(union instanceof Map ? (union as ThriftStruct).get(field) : undefined);
  const isInteger = physical === 'INT32' || physical === 'INT64';

  if (physical === 'BOOLEAN') return { as: 'boolean', words: 'boolean' };
  if (physical === 'INT96') return { as: 'datetime', factor: 1, divisor: 1_000_000, words: 'timestamp, nanoseconds' };
  if (physical === 'FLOAT') return plainNumber('32-bit number', false);
  if (physical === 'DOUBLE') return plainNumber('64-bit number', false);
  if (has(logical.half) && physical === 'FIXED_LEN_BYTE_ARRAY') return plainNumber('16-bit number', false);
  if (type === converted.decimal || has(logical.decimal)) return decimal(element, detail(logical.decimal));
  if (isInteger && (type === converted.date || has(logical.date))) return { as: 'datetime', factor: 86_400_000, divisor: 1, words: 'date' };
  if (isInteger && has(logical.timestamp)) return timestamp(unitOf(detail(logical.timestamp)));
  if (type === converted.timestampMilliseconds) return timestamp(1);
  if (type === converted.timestampMicroseconds) return timestamp(1000);
  if (isInteger && (has(logical.time) || type === converted.timeMilliseconds || type === converted.timeMicroseconds)) {
    const unit = has(logical.time) ? unitOf(detail(logical.time)) : type === converted.timeMilliseconds ? 1 : 1000;
    return { as: 'number', divisor: unit * 1000, unsigned: false, whole: false, words: 'time of day, seconds' };
  }
  if (isInteger) {
    const isUnsigned = has(logical.integer) ? detail(logical.integer).get(2) === false : isUnsignedType(type);
    return { as: 'number', divisor: 1, unsigned: isUnsigned, whole: true, words: `${physical === 'INT32' ? 32 : 64}-bit integer` };
  }
  if (has(logical.uuid)) return { as: 'text', text: 'uuid', words: 'UUID' };
  const isText = type === converted.utf8 || type === converted.enum || type === converted.json;
  if (isText || has(logical.string) || has(logical.enum) || has(logical.json)) return { as: 'text', text: 'utf8', words: 'text' };
  // Old writers leave texts without a mark; what is none after all is shown in hexadecimal.
  return physical === 'BYTE_ARRAY' && type !== converted.interval
    ? { as: 'text', text: 'unmarked', words: 'bytes' }
    : { as: 'text', text: 'hex', words: 'bytes' };
}

const plainNumber = (words: string, whole: boolean): Reading => ({ as: 'number', divisor: 1, unsigned: false, whole, words });

function decimal(element: ThriftStruct, detail: ThriftStruct): Reading {
  const scale = Math.min(308, Math.max(0, Number(detail.get(1) ?? element.get(7) ?? 0)));
  return { as: 'number', divisor: Number(`1e${scale}`), unsigned: false, whole: scale === 0, words: 'decimal' };
}

/** @param unit parts of a millisecond */
const timestamp = (unit: number): Reading => ({
  as: 'datetime',
  factor: 1,
  divisor: unit,
  words: `timestamp, ${unitNames.get(unit) ?? 'milliseconds'}`,
});

function unitOf(time: ThriftStruct): number {
  const unit = structOf(time.get(2));
  return unit.has(3) ? 1_000_000 : unit.has(2) ? 1000 : 1;
}

const structOf = (value: ThriftValue | undefined): ThriftStruct => (value instanceof Map ? (value as ThriftStruct) : new Map());

const isUnsignedType = (type: ThriftValue | undefined): boolean =>
  typeof type === 'number' && type >= converted.unsigned8 && type <= converted.unsigned64;

/** The number that `reading` makes of a stored whole number. */
export const scaled = (value: number, reading: Reading): number =>
  reading.as === 'datetime' ? (value * reading.factor) / reading.divisor : reading.as === 'number' ? value / reading.divisor : value;
