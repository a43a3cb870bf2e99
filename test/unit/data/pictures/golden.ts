/** The small pictures of test/golden/pictures, and a catalogue of datasets to bring them into. */
import { readFileSync } from 'node:fs';
import { createDatasets } from '../../../../src/data/catalogue.js';
import type { ImportOptions } from '../../../../src/data/datasets.js';
import type { Source } from '../../../../src/data/source.js';
import type { Table } from '../../../../src/data/table.js';
import { loadDecoder } from '../../../../src/host/node/decoder.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { readBuiltin } from '../files.js';

export const golden = (name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL(`../../../golden/pictures/${name}`, import.meta.url)));

/** A folder, by path. */
export const folder = (files: Record<string, Uint8Array<ArrayBuffer>>): Source => ({
  kind: 'pictures',
  name: 'pets',
  files: Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes]) })),
});

export const zip = (bytes: Uint8Array<ArrayBuffer>): Source => ({ kind: 'file', name: 'pets.zip', file: new Blob([bytes]) });

export interface Imported {
  record: DatasetRecord;
  pixels: Uint8Array;
  /** Of a column of texts, row by row. */
  texts(name: string): (string | undefined)[];
}

export async function imported(source: Source, options?: ImportOptions, signal?: AbortSignal): Promise<Imported> {
  const datasets = createDatasets({ store: createMemoryStore(), readBuiltin, loadDecoder });
  const reading = datasets.import(source, options, signal);
  let next = await reading.next();
  while (!next.done) next = await reading.next();
  const record = next.value;
  const table = await datasets.preview(record.id, 0, 100);
  const [picture] = table.columns;
  if (picture.kind !== 'picture') throw new Error('The first column should be the pictures.');
  return { record, pixels: picture.pixels, texts: (name) => textsOf(table, name) };
}

function textsOf({ columns, names }: Table, name: string): (string | undefined)[] {
  const column = columns[names.indexOf(name)];
  if (column?.kind !== 'text') throw new Error(`There is no column of texts "${name}".`);
  return Array.from(column.codes, (code) => column.dictionary[code]);
}

/** Waits for the error that some work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It succeeded.');
}
