/** Rows of a source for a schema that is already known, batch by batch: what a model answers about, with what is written beside the answers. */
import { InputError } from '../base/errors.js';
import type { Field } from '../spec/field.js';
import { textColumn } from './columns/text.js';
import { downloaded } from './downloaded.js';
import { readerFor } from './fixed.js';
import type { LoadDecoder } from './pictures/decoder.js';
import type { PictureItem, PictureSource } from './pictures/item.js';
import { openPictures } from './pictures/open.js';
import { resizePicture } from './pictures/resize.js';
import type { ReadBuiltin, Source } from './source.js';
import { picturesForTable } from './sources/bytes.js';
import { openTable } from './sources/formats.js';
import type { SourceBatch, TableFile } from './sources/table-file.js';
import { type Column, pixelsOf, type Table } from './table.js';

export interface RowsBatch {
  table: Table;
  /** The rows as texts, to be written out again. */
  cells: readonly (readonly string[])[];
  /** Of the source, read so far. */
  bytes: number;
}

export interface OpenRows {
  name: string;
  /** Of the cells. */
  names: string[];
  /** Bytes in all, where known. */
  size?: number | undefined;
  batches: AsyncIterable<RowsBatch>;
  close(): Promise<void>;
}

export interface OpenRowsOptions {
  readBuiltin: ReadBuiltin;
  loadDecoder: LoadDecoder;
  signal?: AbortSignal | undefined;
}

/** @throws InputError `missing-column`, `pictures-needed` or `pictures-for-table`, and as sources do */
export async function openRows(source: Source, fields: readonly Field[], options: OpenRowsOptions): Promise<OpenRows> {
  const size = fields.find(({ type }) => type === 'picture')?.picture;
  const { readBuiltin, signal } = options;
  const tableOptions = { readBuiltin, ...(signal ? { signal } : {}) };
  const local = await last(downloaded(source, options.signal));
  if (!size && local.kind !== 'file' && local.kind !== 'pictures') return openTableRows(openTable(local, tableOptions), fields);
  // A built-in brings its own size; it is brought to the model's below.
  const opened = await last(openPictures(local, { ...options, size: size ?? anySize, needClasses: false }));
  if (!size) {
    if (opened.pictures) throw picturesForTable(opened.pictures.name);
    return openTableRows(opened.open ? opened.open() : openTable(opened.table, tableOptions), fields);
  }
  if (opened.pictures) return openPictureRows(opened.pictures, fields);
  throw new InputError('pictures-needed', 'The model learnt from pictures, and this is a table.', {
    advice: 'Give a picture, a folder or a zip of pictures.',
  });
}

/** Of pictures that are not looked at. */
const anySize = { height: 1, width: 1, channels: 1 } as const;

async function last<Answer>(steps: AsyncGenerator<unknown, Answer>): Promise<Answer> {
  for (let next = await steps.next(); ; next = await steps.next()) if (next.done) return next.value;
}

async function openTableRows(opening: Promise<TableFile>, fields: readonly Field[]): Promise<OpenRows> {
  const file = await opening;
  try {
    const read = readerFor(fields, file);
    const { name, names, size } = file;
    return { name, names: [...names], size, batches: batches(), close: () => file.close() };

    async function* batches(): AsyncGenerator<RowsBatch> {
      const readings = names.map(() => ({ as: 'raw' }) as const);
      for await (const batch of file.batches(readings)) yield { table: read(batch), cells: cellsOf(batch), bytes: batch.bytes };
    }
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Row by row, as they stand in the file. */
const cellsOf = ({ rows, columns }: SourceBatch): string[][] =>
  Array.from({ length: rows }, (_, row) =>
    columns.map((column) => {
      if (column.kind !== 'text') throw new TypeError('A file to answer about is read as texts.');
      const code = column.codes[row];
      return code < 0 ? '' : column.dictionary[code];
    }),
  );

const mostInBatch = 256;

function openPictureRows(source: PictureSource, fields: readonly Field[]): OpenRows {
  const { has } = source;
  const texts = (['file', 'label', 'part'] as const).filter((name) => has[name]);
  const absent = fields.find(({ type, name }) => type !== 'picture' && !texts.some((text) => text === name));
  if (absent) {
    throw new InputError('missing-column', `${source.name} has no "${absent.name}".`, {
      advice: 'Put the pictures of each class into a folder of its name.',
      place: { file: source.name, column: absent.name },
    });
  }
  const names = has.file ? [...texts] : ['row', ...texts];
  return { name: source.name, names, size: source.bytes, batches: batches(), close: async () => {} };

  async function* batches(): AsyncGenerator<RowsBatch> {
    let row = 0;
    let items: PictureItem[] = [];
    const batch = (): RowsBatch => {
      const cells = items.map((item, index) => [...(has.file ? [] : [String(row + index + 1)]), ...texts.map((name) => item[name] ?? '')]);
      row += items.length;
      const { bytes } = items[items.length - 1];
      const table = tableOf(items, source, fields);
      items = [];
      return { table, cells, bytes };
    };
    for await (const item of source.items) {
      items.push(item);
      if (items.length === mostInBatch) yield batch();
    }
    if (items.length > 0) yield batch();
  }
}

function tableOf(items: readonly PictureItem[], { size: own }: PictureSource, fields: readonly Field[]): Table {
  const columns = fields.map((field): Column => {
    if (field.type !== 'picture' || !field.picture) return textColumn(items.map((item) => item[field.name as 'label' | 'part' | 'file']));
    const size = field.picture;
    const length = pixelsOf(size);
    const pixels = new Uint8Array(items.length * length);
    for (const [index, item] of items.entries()) pixels.set(resizePicture({ ...own, pixels: item.pixels }, size), index * length);
    return { kind: 'picture', size, pixels };
  });
  return { rows: items.length, names: fields.map(({ name }) => name), columns };
}
