/**
 * An object of columns as a table: `{"a": [1, 2], "b": [3, 4]}`, or with the rows' names as pandas writes it, `{"a": {"0": 1, "1": 2}}`. A row
 * lies across the whole text, so that all of it is kept: it is refused where it is large.
 */
import { InputError } from '../../../base/errors.js';
import type { Warning } from '../../../spec/dataset.js';
import { rowsPerBatch } from '../batches.js';
import type { SourceBytes } from '../bytes.js';
import { CellBatch } from '../cell-batch.js';
import { uniqueNames } from '../header.js';
import { longestCell } from '../row-errors.js';
import type { Position, Reading, SourceBatch, TableFile } from '../table-file.js';
import { BytesOut } from './bytes-out.js';
import { closeBrace, comma, type JsonCursor, openBrace, quote } from './cursor.js';
import { cellTooLong, wrongLength } from './errors.js';
import { JsonInput } from './input.js';
import { eachElement, nameAt } from './shape.js';

const mostBytes = 64 * 2 ** 20;
const mostCells = 2 ** 24;
const letterN = 0x6e;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where each cell of a column ends in the bytes of all; it begins where the one before it ends. */
interface CellsOfColumn {
  name: string;
  begins: number;
  ends: number[];
}

/** @throws InputError `json-too-large`, `ragged-row`, `cell-too-long`, and as JSON does */
export async function openColumns(bytes: SourceBytes): Promise<TableFile> {
  const input = new JsonInput(bytes);
  const out = new BytesOut();
  const columns: CellsOfColumn[] = [];
  try {
    await input.take((cursor) => cursor.expect(openBrace, 'an object'));
    for (let byte = comma; byte !== closeBrace; ) {
      columns.push(await columnAt(input, out, columns));
      byte = await input.take((cursor) => {
        const next = cursor.peek();
        if (next !== comma && next !== closeBrace) throw cursor.unexpected('a comma or "}"');
        cursor.place += 1;
        return next;
      });
    }
  } finally {
    await input.close();
  }
  return new OpenColumns(bytes, out.data, columns, input.reader.warning);
}

async function columnAt(input: JsonInput, out: BytesOut, before: readonly CellsOfColumn[]): Promise<CellsOfColumn> {
  const scratch = new BytesOut();
  const { name, close } = await input.take((cursor) => {
    scratch.length = 0;
    nameAt(cursor, scratch);
    const open = cursor.peek();
    cursor.place += 1;
    return { name: decoder.decode(scratch.data.subarray(0, scratch.length)), close: open + 2 };
  });
  const column: CellsOfColumn = { name, begins: out.length, ends: [] };
  let kept = out.length;
  await eachElement(input, close, (cursor) => {
    scratch.length = 0;
    out.length = kept;
    if (close === closeBrace) nameAt(cursor, scratch);
    readCell(cursor, out);
    if (out.length - kept > longestCell) throw cellTooLong(cursor, name, longestCell);
    kept = out.length;
    column.ends.push(kept);
    if (kept > mostBytes || (before.length + 1) * column.ends.length > mostCells) throw tooLarge(cursor.file);
  });
  const expected = before[0]?.ends.length ?? column.ends.length;
  if (column.ends.length !== expected) throw wrongLength(input.cursor, column.ends.length, expected);
  return column;
}

function readCell(cursor: JsonCursor, out: BytesOut): void {
  const byte = cursor.peek();
  if (byte === quote) cursor.string(out);
  else if (byte === letterN) cursor.scalar();
  else cursor.value(2, out);
}

const tooLarge = (file: string): InputError =>
  new InputError(
    'json-too-large',
    `${file} holds a list for each column, of more than ${mostBytes / 2 ** 20} MiB or ${mostCells} values together.`,
    {
      advice: 'Write it row by row, as JSON lines, CSV or Parquet: these are read in pieces, however large.',
      place: { file },
    },
  );

class OpenColumns implements TableFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly names: readonly string[];
  readonly numberFormats = ['point'] as const;
  readonly #bytes: SourceBytes;
  readonly #data: Uint8Array;
  readonly #columns: readonly CellsOfColumn[];
  readonly #warnings: readonly Warning[];

  constructor(bytes: SourceBytes, data: Uint8Array, columns: readonly CellsOfColumn[], warning: Warning | undefined) {
    const { names, warnings } = uniqueNames(
      columns.map(({ name }) => name.trim()),
      bytes.name,
    );
    this.name = bytes.name;
    this.size = bytes.size;
    this.names = names;
    this.#bytes = bytes;
    this.#data = data;
    this.#columns = columns;
    this.#warnings = warning ? [warning, ...warnings] : warnings;
  }

  warnings(): Warning[] {
    return [...this.#warnings];
  }

  close(): Promise<void> {
    return this.#bytes.close();
  }

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const columns = this.names.length;
    const size = rowsPerBatch(columns);
    const total = this.#columns[0].ends.length;
    for (let first = after?.row ?? 0; first < total; first += size) {
      const rows = Math.min(size, total - first);
      const [starts, ends] = [new Int32Array(rows * columns), new Int32Array(rows * columns)];
      for (const [index, column] of this.#columns.entries()) {
        for (let row = 0; row < rows; row++) {
          const cell = row * columns + index;
          starts[cell] = first + row === 0 ? column.begins : column.ends[first + row - 1];
          ends[cell] = column.ends[first + row];
        }
      }
      const cells = new CellBatch(this.#data, starts, ends, rows, columns, false);
      yield {
        rows,
        columns: this.names.map((_, index) => cells.read(index, readings?.[index] ?? { as: 'guess' })),
        firstRow: first + 1,
        bytes: this.#bytes.bytesRead,
        after: { row: first + rows },
      };
    }
  }
}
