/** Records to rows: blank lines left out, every row as long as the header, regrouped into batches of one size. */
import { InputError } from '../../base/errors.js';
import type { NumberedRecord } from './records.js';

/** Cells in a batch: fewer rows where there are many columns. */
const mostCells = 2 ** 20;

/** Characters in one cell. */
const longestCell = 2 ** 20;

/** Rows in a batch and in a stored chunk. A function of the columns alone, so that equal files make equal chunks. */
export const rowsPerBatch = (columns: number): number => Math.max(1, Math.min(8192, Math.floor(mostCells / columns)));

export interface RowBatch {
  /** Raw cells, each row as long as the header. */
  rows: string[][];
  /** Number of the first of them among the file's rows, from 1. */
  firstRow: number;
  /** The line, from 1, on which each row begins. */
  lines: number[];
}

export interface RowShape {
  file: string;
  names: readonly string[];
  delimiter: string;
}

export const isBlank = ({ cells }: NumberedRecord): boolean => cells.length === 1 && cells[0].trim() === '';

/** @throws InputError `ragged-row`, `cell-too-long` or, at the end, `no-rows` */
export async function* checkedBatches(pieces: AsyncGenerator<NumberedRecord[]>, shape: RowShape): AsyncGenerator<RowBatch> {
  const size = rowsPerBatch(shape.names.length);
  let batch: RowBatch = { rows: [], firstRow: 1, lines: [] };
  let blanks: NumberedRecord[] = [];
  const add = ({ cells, line }: NumberedRecord): void => {
    batch.rows.push(cells);
    batch.lines.push(line);
  };
  for await (const piece of pieces) {
    for (const record of piece) {
      if (isBlank(record)) {
        // In a table of one column a blank line is a missing value, unless only blank lines follow.
        if (shape.names.length === 1) blanks.push(record);
        continue;
      }
      check(record, batch.firstRow + batch.rows.length + blanks.length, shape);
      for (const row of [...blanks, record]) {
        add(row);
        if (batch.rows.length < size) continue;
        yield batch;
        batch = { rows: [], firstRow: batch.firstRow + size, lines: [] };
      }
      blanks = [];
    }
  }
  if (batch.rows.length > 0) yield batch;
  else if (batch.firstRow === 1) throw noRows(shape);
}

function check({ cells, line }: NumberedRecord, row: number, { file, names, delimiter }: RowShape): void {
  const place = { file, row, line };
  if (cells.length !== names.length) {
    const separator = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
    throw new InputError(
      'ragged-row',
      `${file}, line ${line} (row ${row}): ${count(cells.length, 'cell')}, expected ${names.length} as in the first row.`,
      {
        advice: `Cells are separated by ${separator}: put a cell that contains it in quotes, and give every row as many cells as there are names.`,
        place: { ...place, expected: names.length, found: cells.length },
      },
    );
  }
  const long = cells.findIndex((cell) => cell.length > longestCell);
  if (long < 0) return;
  throw new InputError(
    'cell-too-long',
    `${file}, line ${line} (row ${row}), column "${names[long]}": a cell of ${cells[long].length} characters; at most ${longestCell} are read.`,
    {
      advice: 'Leave the column out, or look for a quote that is closed too late.',
      place: { ...place, column: names[long] },
    },
  );
}

function noRows({ file, names }: RowShape): InputError {
  return new InputError('no-rows', `${file} has ${count(names.length, 'column name')} and no rows.`, {
    advice: 'Choose a file with at least one row of values below the names.',
    place: { file },
  });
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
