/** What can be wrong with a row of text, each with the place and what to do. */
import { InputError } from '../../base/errors.js';

/** Characters in one cell. */
export const longestCell = 2 ** 20;

/** Bytes of one row. A quote that is never closed makes the rest of the file one row: it is found here. */
export const longestRow = 8 * 2 ** 20;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

export interface RowPlace {
  file: string;
  line: number;
  /** From 1. */
  row: number;
}

export function raggedRow(place: RowPlace, found: number, expected: number, delimiter: string): InputError {
  const { file, row, line } = place;
  const separator = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
  return new InputError(
    'ragged-row',
    `${file}, line ${line} (row ${row}): ${count(found, 'cell')}, expected ${expected} as in the first row.`,
    {
      advice: `Cells are separated by ${separator}: put a cell that contains it in quotes, and give every row as many cells as there are names.`,
      place: { ...place, expected, found },
    },
  );
}

export function cellTooLong(place: RowPlace, column: string, length: number): InputError {
  const { file, row, line } = place;
  return new InputError(
    'cell-too-long',
    `${file}, line ${line} (row ${row}), column "${column}": a cell of ${length} characters; at most ${longestCell} are read.`,
    { advice: 'Leave the column out, or look for a quote that is closed too late.', place: { ...place, column } },
  );
}

export const rowTooLong = (file: string, line: number): InputError =>
  new InputError('record-too-long', `${file}, line ${line}: a row of more than ${longestRow} characters begins here.`, {
    advice: 'Most often a quote (") on this line is never closed. Close it, or leave such a column out.',
    place: { file, line },
  });

export const unclosedQuote = (file: string, line: number): InputError =>
  new InputError('unclosed-quote', `${file}, line ${line}: a quoted cell begins here and is never closed.`, {
    advice: 'Close the quote, or write a quote inside a quoted cell twice ("").',
    place: { file, line },
  });

export const noRows = (file: string, names: number): InputError =>
  new InputError('no-rows', `${file} has ${count(names, 'column name')} and no rows.`, {
    advice: 'Choose a file with at least one row of values below the names.',
    place: { file },
  });

export const emptyFile = (file: string): InputError =>
  new InputError('empty-file', `${file} is empty.`, {
    advice: 'Choose a file with a row of column names and at least one row of values.',
    place: { file },
  });
