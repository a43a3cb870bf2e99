/** Names of columns: from the first record where it holds names, made up where it holds numbers. */
import { InputError } from '../../base/errors.js';
import type { Warning } from '../../spec/dataset.js';
import { isMissing, parseNumber } from '../columns/cells.js';

export const mostColumns = 10_000;

/** Longer names are cut: they are shown, stored and compared in many places. */
const longestName = 200;

export interface Header {
  names: string[];
  /** Whether the first record already is a row. */
  isData: boolean;
  warnings: Warning[];
}

/** @throws InputError `too-many-columns` */
export function readHeader(record: readonly string[], file: string): Header {
  if (record.length > mostColumns) throw tooManyColumns(file, record.length);
  const cells = record.map((cell) => cell.trim());
  const isData =
    cells.some((cell) => !isMissing(cell)) && cells.every((cell) => isMissing(cell) || parseNumber(cell, 'point') !== undefined);
  if (!isData) return { isData, ...uniqueNames(cells, file) };
  const warning: Warning = {
    code: 'no-header',
    message: `The first row of ${file} holds only numbers, so it was read as data; columns are called column_1 to column_${cells.length}.`,
    advice: 'Put a row of names first to give the columns names.',
    place: { file, line: 1 },
  };
  return { isData, names: cells.map((_, index) => `column_${index + 1}`), warnings: [warning] };
}

export const tooManyColumns = (file: string, columns: number): InputError =>
  new InputError('too-many-columns', `${file} has ${columns} columns; at most ${mostColumns} are read.`, {
    advice: 'Keep the columns that matter. If rows and columns are swapped, transpose the table.',
    place: { file, columns },
  });

/** @param cells trimmed names as the file has them, '' where there is none */
export function uniqueNames(cells: readonly string[], file: string): { names: string[]; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const given = new Set(cells.map((cell) => cell.slice(0, longestName)));
  const used = new Set<string>();
  const names = cells.map((cell, index) => {
    const wanted = cell.slice(0, longestName) || `column_${index + 1}`;
    const name =
      used.has(wanted) || (cell === '' && given.has(wanted))
        ? numbered(wanted, (candidate) => used.has(candidate) || given.has(candidate))
        : wanted;
    used.add(name);
    if (cell === '')
      warnings.push(renamed('empty-header', `Column ${index + 1} of ${file} has no name; it is called "${name}".`, file, index));
    else if (name !== wanted)
      warnings.push(
        renamed('duplicate-header', `Column ${index + 1} of ${file} is another "${wanted}"; it is called "${name}".`, file, index),
      );
    return name;
  });
  return { names, warnings };
}

function numbered(name: string, taken: (candidate: string) => boolean): string {
  let number = 2;
  while (taken(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

const renamed = (code: string, message: string, file: string, index: number): Warning => ({
  code,
  message,
  advice: 'Rename it in the file to choose the name yourself.',
  place: { file, column: index + 1 },
});
