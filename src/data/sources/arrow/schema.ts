/** The columns that an Arrow file says it has, and how many pieces of a record batch each of them takes. */
import type { FlatTable } from './flat.js';

/** Milliseconds of each unit of time: seconds, milliseconds, microseconds, nanoseconds. */
export type TimeUnit = 0 | 1 | 2 | 3;

export type ArrowType =
  | { kind: 'null' | 'boolean' | 'utf8' | 'large-utf8' | 'utf8-view' }
  | { kind: 'integer'; bits: number; signed: boolean }
  | { kind: 'float'; bits: number }
  | { kind: 'decimal'; bits: number; scale: number }
  | { kind: 'date'; bits: number }
  | { kind: 'time' | 'duration'; bits: number; unit: TimeUnit }
  | { kind: 'timestamp'; unit: TimeUnit; zone: string }
  /** What no column of a table holds. */
  | { kind: 'other'; what: string };

export interface ArrowField {
  name: string;
  /** Of the values, in the dictionary where there is one. */
  type: ArrowType;
  dictionary?: { id: number; bits: number; signed: boolean };
  /** Of a record batch: nodes, buffers and lists of further buffers. */
  takes: { nodes: number; buffers: number; variadic: number };
}

/** A type that is not read as a column: its name, its own buffers, and whether it has a list of further ones. */
const others: ReadonlyMap<number, readonly [what: string, buffers: number, variadic?: number]> = new Map([
  [4, ['bytes', 3]],
  [11, ['intervals', 2]],
  [12, ['lists', 2]],
  [13, ['structures', 1]],
  [15, ['bytes', 2]],
  [16, ['lists', 1]],
  [17, ['maps', 2]],
  [19, ['bytes', 3]],
  [21, ['lists', 2]],
  [22, ['runs', 0]],
  [23, ['bytes', 2, 1]],
  [25, ['lists', 3]],
  [26, ['lists', 3]],
]);

const union = 14;
const buffersOf = (type: ArrowType): number => {
  if (type.kind === 'null') return 0;
  return type.kind === 'utf8' || type.kind === 'large-utf8' ? 3 : 2;
};

/** Fields in one another and in all. */
const deepest = 64;
const mostFields = 100_000;

/** @throws RangeError where it is not what it should be */
export function readSchema(schema: FlatTable): ArrowField[] {
  if (schema.int16(0) !== 0) throw new RangeError('Its numbers are big-endian.');
  let count = 0;
  const fieldOf = (table: FlatTable, depth: number): ArrowField => {
    count += 1;
    if (count > mostFields || depth > deepest) throw new RangeError('It has too many fields, or fields in one another.');
    const typeId = table.uint8(2);
    const children = table.tables(5).map((child) => fieldOf(child, depth + 1));
    const type = typeOf(typeId, table.table(3));
    const coded = table.table(4);
    const name = table.text(0);
    if (coded) {
      const indices = coded.table(1);
      const dictionary = { id: coded.int64(0), bits: indices?.int32(0) ?? 32, signed: indices ? indices.uint8(1) !== 0 : true };
      return { name, type, dictionary, takes: { nodes: 1, buffers: 2, variadic: 0 } };
    }
    const takes = { nodes: 1, buffers: buffersOf(type), variadic: type.kind === 'utf8-view' ? 1 : 0 };
    if (type.kind === 'other') {
      const [, buffers, variadic] = others.get(typeId) ?? ['', table.table(3)?.int16(0) === 1 ? 2 : 1];
      takes.buffers = buffers;
      takes.variadic = variadic ?? 0;
      for (const child of children) {
        takes.nodes += child.takes.nodes;
        takes.buffers += child.takes.buffers;
        takes.variadic += child.takes.variadic;
      }
    }
    return { name, type, takes };
  };
  return schema.tables(1).map((table) => fieldOf(table, 0));
}

function typeOf(id: number, table: FlatTable | undefined): ArrowType {
  const other = others.get(id);
  if (other) return { kind: 'other', what: other[0] };
  if (id === union) return { kind: 'other', what: 'values of several types' };
  const unit = (field: number, otherwise: number): TimeUnit => oneOf(table?.int16(field, otherwise) ?? otherwise, [0, 1, 2, 3]);
  switch (id) {
    case 1:
      return { kind: 'null' };
    case 2:
      return { kind: 'integer', bits: oneOf(table?.int32(0) ?? 0, [8, 16, 32, 64]), signed: table?.uint8(1) !== 0 };
    case 3:
      return { kind: 'float', bits: [16, 32, 64][oneOf(table?.int16(0) ?? 0, [0, 1, 2])] };
    case 5:
      return { kind: 'utf8' };
    case 6:
      return { kind: 'boolean' };
    case 7:
      return { kind: 'decimal', scale: scaleOf(table?.int32(1) ?? 0), bits: oneOf(table?.int32(2, 128) ?? 128, [32, 64, 128, 256]) };
    case 8:
      return { kind: 'date', bits: (table?.int16(0, 1) ?? 1) === 0 ? 32 : 64 };
    case 9:
      return { kind: 'time', unit: unit(0, 1), bits: oneOf(table?.int32(1, 32) ?? 32, [32, 64]) };
    case 10:
      return { kind: 'timestamp', unit: unit(0, 0), zone: table?.text(1) ?? '' };
    case 18:
      return { kind: 'duration', unit: unit(0, 1), bits: 64 };
    case 20:
      return { kind: 'large-utf8' };
    case 24:
      return { kind: 'utf8-view' };
    default:
      throw new RangeError(`Type ${id} is not known.`);
  }
}

function oneOf<Value extends number>(value: number, allowed: readonly Value[]): Value {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new RangeError(`${value} is none of ${allowed.join(', ')}.`);
  return found;
}

function scaleOf(scale: number): number {
  if (Math.abs(scale) > 100) throw new RangeError(`A decimal has ${scale} places.`);
  return scale;
}
