/**
 * Values of rows that lie in other chunks. Of each chunk that was looked at lately the wanted columns are kept; where rows lie in time order,
 * as they mostly do, neighbours are in the same chunk or the next ones.
 */
import { columnNamed } from '../../data/columns/access.js';
import type { Column, TextColumn } from '../../data/table.js';
import { firstRows, type StoredTable } from './stored-table.js';

const bytesOf = (column: Column): number => {
  if (column.kind === 'number') return column.values.byteLength;
  if (column.kind === 'picture') return column.pixels.byteLength;
  return column.codes.byteLength + column.dictionary.reduce((sum, text) => sum + 2 * text.length, 0);
};

interface Kept {
  bytes: number;
  columns: ReadonlyMap<string, Column>;
}

export class Neighbours {
  readonly #table: StoredTable;
  readonly #names: readonly string[];
  readonly #most: number;
  readonly #first: Uint32Array;
  /** The one that was asked for longest ago first. */
  readonly #kept = new Map<number, Kept>();
  #bytes = 0;

  /** @param most bytes that are kept, beside what one call needs */
  constructor(table: StoredTable, names: readonly string[], most: number) {
    this.#table = table;
    this.#names = names;
    this.#most = most;
    this.#first = firstRows(table.record);
  }

  /** One column for each that is wanted: the values of rows of the whole table, missing where the number is −1. */
  async gather(wanted: readonly { column: string; from: Int32Array }[]): Promise<Column[]> {
    const needed = new Set<number>();
    for (const { from } of wanted) for (const row of from) if (row >= 0) needed.add(this.#chunkOf(row));
    const chunks = new Map<number, ReadonlyMap<string, Column>>();
    for (const chunk of [...needed].sort((a, b) => a - b)) chunks.set(chunk, await this.#columnsOf(chunk));
    return wanted.map(({ column, from }) => this.#taken(column, from, chunks));
  }

  #chunkOf(row: number): number {
    let [low, high] = [0, this.#first.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#first[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async #columnsOf(chunk: number): Promise<ReadonlyMap<string, Column>> {
    const known = this.#kept.get(chunk);
    if (known) {
      this.#kept.delete(chunk);
      this.#kept.set(chunk, known);
      return known.columns;
    }
    const table = await this.#table.read(chunk);
    // Columns of a chunk share its buffer: what stays needs one of its own.
    const columns = new Map(this.#names.map((name) => [name, ownCopy(columnNamed(table, name))]));
    const bytes = [...columns.values()].reduce((sum, column) => sum + bytesOf(column), 0);
    if (!this.#kept.has(chunk)) this.#bytes += bytes;
    this.#kept.set(chunk, { bytes, columns });
    for (const [oldest, entry] of this.#kept) {
      if (this.#bytes <= this.#most || oldest === chunk) break;
      this.#kept.delete(oldest);
      this.#bytes -= entry.bytes;
    }
    return columns;
  }

  #taken(name: string, from: Int32Array, chunks: ReadonlyMap<number, ReadonlyMap<string, Column>>): Column {
    const columns = new Map([...chunks].map(([chunk, held]) => [chunk, held.get(name) as Column]));
    const isNumber = [...columns.values()].some(({ kind }) => kind === 'number') || (columns.size === 0 && this.#isNumeric(name));
    if (isNumber) {
      const values = new Float64Array(from.length).fill(Number.NaN);
      this.#each(from, columns, (index, column, row) => {
        if (column.kind === 'number') values[index] = column.values[row];
      });
      return { kind: 'number', values };
    }
    const codes = new Int32Array(from.length).fill(-1);
    const merged = new Dictionary();
    this.#each(from, columns, (index, column, row) => {
      if (column.kind === 'text' && column.codes[row] >= 0) codes[index] = merged.codeOf(column, column.codes[row]);
    });
    return { kind: 'text', codes, dictionary: merged.texts };
  }

  #isNumeric(name: string): boolean {
    const field = this.#table.fields.find((each) => each.name === name);
    return field?.type === 'number' || field?.type === 'integer' || field?.type === 'datetime';
  }

  #each(from: Int32Array, columns: ReadonlyMap<number, Column>, visit: (index: number, column: Column, row: number) => void): void {
    let [chunk, column] = [-1, undefined as Column | undefined];
    for (let index = 0; index < from.length; index++) {
      const row = from[index];
      if (row < 0) continue;
      if (chunk < 0 || row < this.#first[chunk] || row >= this.#first[chunk + 1]) {
        chunk = this.#chunkOf(row);
        column = columns.get(chunk);
      }
      if (column) visit(index, column, row - this.#first[chunk]);
    }
  }
}

/** Texts of several columns as codes of one. */
class Dictionary {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();
  readonly #codes = new Map<TextColumn, Int32Array>();

  codeOf(column: TextColumn, code: number): number {
    let codes = this.#codes.get(column);
    if (!codes) {
      codes = new Int32Array(column.dictionary.length).fill(-1);
      this.#codes.set(column, codes);
    }
    if (codes[code] < 0) codes[code] = this.#place(column.dictionary[code]);
    return codes[code];
  }

  #place(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

function ownCopy(column: Column): Column {
  if (column.kind === 'number') return { kind: 'number', values: column.values.slice() };
  if (column.kind === 'text') return { kind: 'text', codes: column.codes.slice(), dictionary: column.dictionary };
  return { ...column, pixels: column.pixels.slice() };
}
