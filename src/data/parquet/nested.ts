/** Lists, maps and what repeats, put together again by Dremel's levels and written as JSON, one text a row. */
import { InputError } from '../../base/errors.js';
import { textColumn } from '../columns/text.js';
import { longestCell } from '../sources/row-errors.js';
import type { Column } from '../table.js';
import type { Cursor } from './cursor.js';
import { Damage } from './damage.js';
import type { DataPage } from './pages.js';
import { type Leaf, leavesOf, type SchemaNode } from './schema.js';
import { TextBatch } from './text-values.js';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Entries of one leaf in one row group: levels say more than values, and are all needed. */
const mostEntries = 2 ** 24;

/** A leaf's entries, and how far they have been used. */
interface Entries {
  leaf: Leaf;
  definitions: Uint8Array;
  repetitions: Uint8Array;
  values: Json[];
  position: number;
  value: number;
}

export class NestedCursor implements Cursor {
  readonly #node: SchemaNode;
  readonly #name: string;
  readonly #file: string;
  readonly #load: () => Promise<Map<number, Entries>>;
  #entries: Promise<Map<number, Entries>> | undefined;

  constructor(
    node: SchemaNode,
    at: { name: string; file: string },
    leaves: ReadonlyMap<number, { leaf: Leaf; entries: number; pages: AsyncGenerator<DataPage> }>,
  ) {
    this.#node = node;
    this.#name = at.name;
    this.#file = at.file;
    this.#load = async () => {
      const loaded = new Map<number, Entries>();
      for (const [index, { leaf, entries, pages }] of leaves) loaded.set(index, await this.#read(leaf, entries, pages));
      return loaded;
    };
  }

  async read(rows: number): Promise<Column> {
    this.#entries ??= this.#load();
    const entries = await this.#entries;
    const texts = Array.from({ length: rows }, () => {
      const value = assemble(this.#node, entries);
      if (value === null) return undefined;
      const text = JSON.stringify(value);
      if (text.length > longestCell) throw this.#tooLong(`a value of ${text.length} characters`);
      return text;
    });
    return textColumn(texts);
  }

  async close(): Promise<void> {
    this.#entries = undefined;
  }

  async #read(leaf: Leaf, count: number, pages: AsyncGenerator<DataPage>): Promise<Entries> {
    if (count > mostEntries) throw this.#tooLong(`${count} values in one row group`);
    const entries: Entries = {
      leaf,
      definitions: new Uint8Array(count).fill(leaf.definition),
      repetitions: new Uint8Array(count),
      values: [],
      position: 0,
      value: 0,
    };
    let done = 0;
    for await (const page of pages) {
      const definitions = entries.definitions.subarray(done, done + page.count);
      page.definitions?.read(definitions, page.count);
      page.repetitions?.read(entries.repetitions.subarray(done, done + page.count), page.count);
      const present = definitions.reduce((sum, level) => sum + (level === leaf.definition ? 1 : 0), 0);
      readValues(page, present, leaf, entries.values);
      done += page.count;
    }
    return entries;
  }

  #tooLong(what: string): InputError {
    return new InputError('cell-too-long', `${this.#file}, column "${this.#name}", holds lists: ${what}; that is too many.`, {
      advice: 'Leave the column out.',
      place: { file: this.#file, column: this.#name },
    });
  }
}

function readValues({ values }: DataPage, count: number, { reading }: Leaf, out: Json[]): void {
  if (values.kind === 'number') {
    const numbers = new Float64Array(count);
    values.values.read(numbers, 0, count);
    for (const number of numbers) {
      if (reading.as !== 'datetime') out.push(Number.isFinite(number) ? number : null);
      else out.push(Math.abs(number) <= 8.64e15 ? new Date(number).toISOString() : null);
    }
    return;
  }
  const batch = new TextBatch(count);
  values.values.read(batch, 0, count);
  const { codes, dictionary } = batch.column();
  for (const code of codes) out.push(reading.as === 'boolean' ? dictionary[code] === 'true' : dictionary[code]);
}

function assemble(node: SchemaNode, entries: ReadonlyMap<number, Entries>): Json {
  const leaves = leavesOf(node).map((index) => {
    const found = entries.get(index);
    if (!found) throw new Damage('a nested column lacks a part');
    return found;
  });
  const first = leaves[0];
  if (!first || first.position >= first.definitions.length) throw new Damage(`column "${node.name}" has fewer rows than its row group`);
  if (first.definitions[first.position] < node.definition) {
    // Nothing is here: each leaf below has one entry that says so.
    for (const leaf of leaves) leaf.position += 1;
    return node.repeats ? [] : null;
  }
  if (!node.repeats) return content(node, entries, leaves);
  const items: Json[] = [];
  do items.push(content(node, entries, leaves));
  while (first.position < first.repetitions.length && first.repetitions[first.position] === node.repetition);
  return items;
}

function content(node: SchemaNode, entries: ReadonlyMap<number, Entries>, leaves: readonly Entries[]): Json {
  if (node.leaf >= 0) {
    const leaf = leaves[0];
    leaf.position += 1;
    return leaf.values[leaf.value++] ?? null;
  }
  const values = node.children.filter((child) => leavesOf(child).length > 0).map((child) => [child, assemble(child, entries)] as const);
  // A list's and a map's one child is the repeated group; what it is called differs from writer to writer.
  const [inner] = values;
  if (inner && values.length === 1 && Array.isArray(inner[1])) {
    if (node.shape === 'list') return inner[1].map((item) => onlyValue(item, inner[0]));
    if (node.shape === 'map') return mapOf(inner[1]);
  }
  return Object.fromEntries(values.map(([child, value]) => [child.name, value]));
}

/** `list.element` becomes the element; a list whose repeated group has several fields is one of structs. */
function onlyValue(item: Json, repeated: SchemaNode): Json {
  if (repeated.leaf >= 0 || repeated.children.length !== 1 || typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  return Object.values(item)[0] ?? null;
}

/** An object where every key is a text or number, pairs otherwise. */
function mapOf(pairs: readonly Json[]): Json {
  const entries = pairs.map((pair) => (typeof pair === 'object' && pair !== null && !Array.isArray(pair) ? Object.values(pair) : [null]));
  const isPlain = entries.every(([key]) => typeof key === 'string' || typeof key === 'number');
  return isPlain ? Object.fromEntries(entries.map(([key, value = null]) => [String(key), value])) : entries.map((entry) => [...entry]);
}
