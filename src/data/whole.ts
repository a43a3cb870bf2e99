/** Chunks joined to one table in memory, for training and evaluation, which need every row at once. */
import type { DatasetRecord } from '../spec/dataset.js';
import type { PictureSize } from '../spec/field.js';
import type { Store } from '../storage/store.js';
import { readChunks } from './chunks.js';
import { type Column, type PictureColumn, pixelsOf, type Table, type TableChunk } from './table.js';

export async function readTable(store: Store, record: DatasetRecord, signal?: AbortSignal): Promise<Table> {
  const chunks: TableChunk[] = [];
  for await (const chunk of readChunks(store, record, signal)) chunks.push(chunk);
  return joinChunks(
    record.fields.map((field) => field.name),
    chunks,
  );
}

/** Each chunk has the same columns; texts get one dictionary, in order of appearance. */
export function joinChunks(names: string[], chunks: readonly TableChunk[]): Table {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  return {
    names,
    rows,
    columns: names.map((_, index) =>
      joinColumn(
        chunks.map((chunk) => chunk.columns[index]),
        rows,
      ),
    ),
  };
}

function joinColumn(parts: readonly Column[], rows: number): Column {
  if (parts.every((part) => part.kind === 'number')) {
    const values = new Float64Array(rows);
    let start = 0;
    for (const part of parts) {
      values.set(part.values, start);
      start += part.values.length;
    }
    return { kind: 'number', values };
  }
  if (parts[0].kind === 'picture') return joinPictures(parts, parts[0].size, rows);
  const known = new Map<string, number>();
  const codes = new Int32Array(rows);
  let start = 0;
  for (const part of parts) {
    if (part.kind !== 'text') throw new TypeError('A column is text in one chunk and something else in another.');
    const codeOf = part.dictionary.map((text) => {
      const code = known.get(text) ?? known.size;
      known.set(text, code);
      return code;
    });
    for (const code of part.codes) codes[start++] = code < 0 ? -1 : codeOf[code];
  }
  return { kind: 'text', codes, dictionary: [...known.keys()] };
}

function joinPictures(parts: readonly Column[], size: PictureSize, rows: number): PictureColumn {
  const pixels = new Uint8Array(rows * pixelsOf(size));
  let start = 0;
  for (const part of parts) {
    if (part.kind !== 'picture') throw new TypeError('A column is pictures in one chunk and something else in another.');
    pixels.set(part.pixels, start);
    start += part.pixels.length;
  }
  return { kind: 'picture', size, pixels };
}

/** Rows [from, to) of a chunk, with only the texts that occur in them. */
export function sliceChunk(chunk: TableChunk, from: number, to: number): TableChunk {
  const columns = chunk.columns.map((column): Column => {
    if (column.kind === 'number') return { kind: 'number', values: column.values.slice(from, to) };
    if (column.kind === 'picture') {
      const length = pixelsOf(column.size);
      return { ...column, pixels: column.pixels.slice(from * length, to * length) };
    }
    const part = column.codes.subarray(from, to);
    const used = [...new Set(part)].filter((code) => code >= 0);
    const codeOf = new Map(used.map((code, index) => [code, index]));
    return { kind: 'text', codes: part.map((code) => codeOf.get(code) ?? -1), dictionary: used.map((code) => column.dictionary[code]) };
  });
  return { rows: to - from, columns };
}
