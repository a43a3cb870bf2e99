/** Reading a table's columns by name and by value, whatever form they are stored in. */
import { InputError } from '../../base/errors.js';
import type { PictureSize } from '../../spec/field.js';
import type { Column, PictureColumn, Table } from '../table.js';
import { isMissing, parseDatetime, parseNumber } from './cells.js';

/** @throws InputError `missing-column`, naming the column and those that there are */
export function columnNamed(table: Table, name: string): Column {
  const index = table.names.indexOf(name);
  if (index >= 0) return table.columns[index];
  throw new InputError('missing-column', `There is no column "${name}".`, {
    advice: `The columns are: ${listed(table.names)}.`,
    place: { column: name },
  });
}

/** The column of a target; where there is none, one without values. @throws InputError `missing-column` */
export const targetColumn = (table: Table, name: string): Column =>
  name === '' ? { kind: 'number', values: new Float64Array(table.rows).fill(Number.NaN) } : columnNamed(table, name);

/** Names for a message: quoted, and not more than a reader wants to see. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}

/**
 * A column's values as numbers, NaN where missing: its own values, or its texts read as numbers or ISO dates. The same
 * column of another file may have been stored as text, where one cell of it was no number.
 * @throws InputError `not-a-number`, naming the first row (from 0) and text that is none
 */
export function numbersOf(column: Column, name: string): Float64Array {
  if (column.kind === 'number') return column.values;
  if (column.kind === 'picture') throw isPicture(name);
  const parsed = column.dictionary.map((text) => (isMissing(text) ? NaN : (parseNumber(text, 'point') ?? parseDatetime(text))));
  return Float64Array.from(column.codes, (code, row) => {
    if (code < 0) return NaN;
    const value = parsed[code];
    if (value !== undefined) return Number.isFinite(value) ? value : NaN;
    throw new InputError('not-a-number', `Column "${name}", row ${row + 1}: "${column.dictionary[code]}" is not a number.`, {
      advice: 'Correct the value, or leave it empty where it is not known.',
      place: { column: name, row: row + 1 },
    });
  });
}

/** @throws InputError `not-pictures` or `picture-size` when the column does not hold pictures of this size */
export function picturesOf(column: Column, name: string, size?: PictureSize): PictureColumn {
  const place = { column: name };
  if (column.kind !== 'picture') {
    throw new InputError('not-pictures', `Column "${name}" does not hold pictures.`, {
      advice: 'Give a folder or a zip of pictures.',
      place,
    });
  }
  const { height, width, channels } = column.size;
  if (size && (height !== size.height || width !== size.width || channels !== size.channels)) {
    const words = (of: PictureSize): string => `${of.height} × ${of.width} × ${of.channels}`;
    throw new InputError('picture-size', `Column "${name}" holds pictures of ${words(column.size)}, not of ${words(size)}.`, {
      advice: 'Import the pictures again with the size of the others.',
      place,
    });
  }
  return column;
}

const isPicture = (name: string): InputError =>
  new InputError('picture-column', `Column "${name}" holds pictures, not values.`, {
    advice: 'Name another column.',
    place: { column: name },
  });

/** A column's values as codes into its distinct texts, −1 where missing. Numbers become their shortest text. */
export function textsOf(column: Column, name = ''): { codes: Int32Array; dictionary: string[] } {
  if (column.kind === 'text') return column;
  if (column.kind === 'picture') throw isPicture(name);
  const known = new Map<number, number>();
  const codes = Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  return { codes, dictionary: Array.from(known.keys(), String) };
}
