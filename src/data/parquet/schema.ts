/** The schema of a Parquet file as columns of a table: structs are flattened to `a.b`, lists and maps become one column of JSON. */

import { InputError } from '../../base/errors.js';
import { listed } from '../columns/access.js';
import { mostColumns } from '../sources/header.js';
import { Damage } from './damage.js';
import { type PhysicalType, physicalTypes } from './physical.js';
import { type Reading, readingOf } from './reading.js';
import type { ThriftStruct, ThriftValue } from './thrift.js';

/** A column as it lies in the file. */
export interface Leaf {
  path: string[];
  physical: PhysicalType;
  /** Bytes of a value of fixed length. */
  length: number;
  /** The level at which a value is there; below it, it or something around it is null. */
  definition: number;
  /** How many of its ancestors and itself repeat. */
  repetition: number;
  reading: Reading;
}

/** A field of the schema, for putting nested values together again. */
export interface SchemaNode {
  name: string;
  repeats: boolean;
  definition: number;
  repetition: number;
  shape: 'value' | 'struct' | 'list' | 'map';
  children: SchemaNode[];
  /** Of a value: its index among the file's leaves. */
  leaf: number;
}

/** A column of the table. */
export interface ParquetColumn {
  name: string;
  /** Indexes of the leaves that it is read from: one, or all below a list or map. */
  leaves: number[];
  /** Where it holds lists, maps or structs in them: they are kept as JSON. */
  nested?: SchemaNode;
}

/** Levels of a hostile schema; real ones nest a dozen deep. */
const deepest = 32;

/** One field of the footer's flat list. */
interface Element {
  name: string;
  type: PhysicalType | undefined;
  struct: ThriftStruct;
  children: number;
  repeats: boolean;
  optional: boolean;
}

export interface Schema {
  leaves: Leaf[];
  columns: ParquetColumn[];
}

export function readSchema(list: ThriftValue | undefined, file: string): Schema {
  if (!Array.isArray(list) || list.length === 0) throw new Damage('it has no schema');
  const elements = list.map(elementOf);
  const leaves: Leaf[] = [];
  let next = 1;
  const read = (parent: { definition: number; repetition: number; path: string[] }): SchemaNode => {
    const element = elements[next++];
    if (!element) throw new Damage('its schema names more fields than it holds');
    if (parent.path.length >= deepest) throw new Damage('its schema is nested too deeply');
    const definition = parent.definition + (element.optional || element.repeats ? 1 : 0);
    const repetition = parent.repetition + (element.repeats ? 1 : 0);
    const here = { definition, repetition, path: [...parent.path, element.name] };
    const node: SchemaNode = {
      name: element.name,
      repeats: element.repeats,
      definition,
      repetition,
      shape: shapeOf(element),
      children: [],
      leaf: -1,
    };
    if (element.type === undefined) {
      for (let child = 0; child < element.children; child++) node.children.push(read(here));
    } else {
      node.shape = 'value';
      node.leaf = leaves.length;
      leaves.push({
        ...here,
        physical: element.type,
        length: numberOf(element.struct.get(2)),
        reading: readingOf(element.type, element.struct),
      });
      if (leaves.length > mostColumns) throw tooManyColumns(file, elements.length);
    }
    return node;
  };
  const roots: SchemaNode[] = [];
  for (let child = 0; child < elements[0].children; child++) roots.push(read({ definition: 0, repetition: 0, path: [] }));
  const columns = roots.flatMap((root) => flattened(root, []));
  if (columns.length === 0) throw new Damage('it has no columns');
  uniqueNames(columns);
  return { leaves, columns };
}

function elementOf(value: ThriftValue): Element {
  if (!(value instanceof Map)) throw new Damage('its schema holds something that is no field');
  const struct = value as ThriftStruct;
  const type = struct.get(1);
  const physical = type === undefined ? undefined : physicalTypes[numberOf(type)];
  if (type !== undefined && physical === undefined) throw new Damage(`a column has the unknown type ${String(type)}`);
  const children = numberOf(struct.get(5));
  // A field without a type is a group, with none at all an empty one; a typed one with children would be both.
  if (physical !== undefined && children > 0) throw new Damage('a column is a group as well');
  const repetition = numberOf(struct.get(3));
  return { name: textOf(struct.get(4)), type: physical, struct, children, repeats: repetition === 2, optional: repetition === 1 };
}

/** By the converted type, or by the logical one that has taken its place. */
function shapeOf({ struct }: Element): SchemaNode['shape'] {
  const converted = struct.get(6);
  const logical = struct.get(10);
  const has = (field: number): boolean => logical instanceof Map && (logical as ThriftStruct).has(field);
  if (converted === 3 || has(3)) return 'list';
  if (converted === 1 || converted === 2 || has(2)) return 'map';
  return 'struct';
}

function flattened(node: SchemaNode, path: string[]): ParquetColumn[] {
  const here = [...path, node.name];
  if (!node.repeats && node.shape === 'struct') return node.children.flatMap((child) => flattened(child, here));
  const name = here.join('.').slice(0, 200);
  const leaves = leavesOf(node);
  if (leaves.length === 0) return [];
  return [node.repeats || node.shape !== 'value' ? { name, leaves, nested: node } : { name, leaves }];
}

export const leavesOf = (node: SchemaNode): number[] => (node.leaf >= 0 ? [node.leaf] : node.children.flatMap(leavesOf));

/** `a.b` may be a struct's field and a column of that very name. */
function uniqueNames(columns: ParquetColumn[]): void {
  const used = new Set<string>();
  columns.forEach((column, index) => {
    const wanted = column.name.trim() || `column_${index + 1}`;
    let name = wanted;
    for (let number = 2; used.has(name); number++) name = `${wanted}_${number}`;
    used.add(name);
    column.name = name;
  });
}

const tooManyColumns = (file: string, columns: number): InputError =>
  new InputError('too-many-columns', `${file} has about ${columns} columns; at most ${mostColumns} are read.`, {
    advice: 'Keep the columns that matter.',
    place: { file, columns },
  });

/** The columns of these names, in the file's order; all when left out. @throws InputError `missing-column` */
export function selectedColumns(columns: readonly ParquetColumn[], wanted: readonly string[] | undefined, file: string): ParquetColumn[] {
  if (wanted === undefined) return [...columns];
  const names = new Set(wanted);
  const kept = columns.filter(({ name }) => names.delete(name));
  const [absent] = names;
  if (absent === undefined) return kept;
  throw new InputError('missing-column', `${file} has no column "${absent}".`, {
    advice: `The columns are: ${listed(columns.map(({ name }) => name))}.`,
    place: { file, column: absent },
  });
}

export const numberOf = (value: ThriftValue | undefined): number =>
  typeof value === 'bigint' || typeof value === 'number' ? Number(value) : 0;

const decoder = new TextDecoder();
export const textOf = (value: ThriftValue | undefined): string => (value instanceof Uint8Array ? decoder.decode(value) : '');
