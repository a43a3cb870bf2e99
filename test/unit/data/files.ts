/** What the tests of data share: the built-in tables as Node reads them, and byte sources cut wherever a test wants. */
import { readFile } from 'node:fs/promises';
import type { ByteSource, ReadBuiltin, Source } from '../../../src/data/source.js';
import type { OpenOptions } from '../../../src/data/sources/bytes.js';
import type { CsvFile } from '../../../src/data/sources/csv.js';
import { openTable } from '../../../src/data/sources/formats.js';
import type { SourceBatch } from '../../../src/data/sources/table-file.js';

const folder = new URL('../../../public/data/', import.meta.url);

export const readBuiltin: ReadBuiltin = async (file) => new Blob([await readFile(new URL(file, folder))]);

/** A source whose stream comes in these pieces. */
export function inPieces(pieces: readonly Uint8Array[], name = 'table.csv'): Source {
  const file: ByteSource = {
    name,
    size: pieces.reduce((sum, piece) => sum + piece.length, 0),
    stream: () =>
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(piece.slice());
          controller.close();
        },
      }),
  };
  return { kind: 'file', name, file };
}

export const bytesSource = (bytes: Uint8Array, name?: string): Source => inPieces([bytes], name);
export const textSource = (text: string, name = 'table.csv'): Source => ({ kind: 'text', name, text });

export interface AllRecords {
  file: CsvFile;
  rows: string[][];
  lines: number[];
}

export const openCsv = async (source: Source, options: Partial<OpenOptions> = {}): Promise<CsvFile> =>
  (await openTable(source, { readBuiltin, ...options })) as CsvFile;

/** Row by row, as they stand. */
export const cellsOf = ({ rows, columns }: SourceBatch): string[][] =>
  Array.from({ length: rows }, (_, row) =>
    columns.map((column) => (column.kind === 'text' && column.codes[row] >= 0 ? column.dictionary[column.codes[row]] : '')),
  );

export const asTheyStand = ({ names }: Pick<CsvFile, 'names'>) => names.map(() => ({ as: 'raw' }) as const);

export async function readAll(source: Source): Promise<AllRecords> {
  const file = await openCsv(source);
  const rows: string[][] = [];
  const lines: number[] = [];
  try {
    for await (const batch of file.batches(asTheyStand(file))) {
      rows.push(...cellsOf(batch));
      lines.push(...Array.from(batch.lines ?? []));
    }
  } finally {
    await file.close();
  }
  return { file, rows, lines };
}
