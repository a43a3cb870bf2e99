/** What the tests of data share: the built-in tables as Node reads them, and byte sources cut wherever a test wants. */
import { readFile } from 'node:fs/promises';
import type { ByteSource, ReadBuiltin, Source } from '../../../src/data/source.js';
import { openRecords, type RecordFile } from '../../../src/data/sources/csv.js';

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
  file: RecordFile;
  rows: string[][];
  lines: number[];
}

export async function readAll(source: Source): Promise<AllRecords> {
  const file = await openRecords(source, { readBuiltin });
  const rows: string[][] = [];
  const lines: number[] = [];
  for await (const batch of file.batches) {
    rows.push(...batch.rows);
    lines.push(...batch.lines);
  }
  return { file, rows, lines };
}
