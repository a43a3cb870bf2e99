/** Raw rows, from a form or a caller, as a table with the fields that a model reads. Nothing is guessed: what does not fit is refused. */
import { InputError } from '../base/errors.js';
import { shown } from '../spec/expectation.js';
import type { Field, PictureSize } from '../spec/field.js';
import { isNumeric } from '../spec/field-type.js';
import { listed } from './columns/access.js';
import { isMissing, largestNumber, meansBoolean, parseNumber } from './columns/cells.js';
import { factorOf, parseDate } from './columns/dates.js';
import { textColumn } from './columns/text.js';
import { resizePicture } from './pictures/resize.js';
import { type Column, type Picture, pixelsOf, type Table } from './table.js';

/** A picture goes into a picture column only, at any size. */
export type RawValue = string | number | boolean | null | Picture;

/**
 * Columns that are not among the fields are left alone; every field must be a key of every row, null or '' where unknown.
 * @throws InputError `invalid-rows` where they are no list of objects; `missing-column`, `not-a-number`, `not-a-datetime` or `wrong-value`, naming row (from 1), column and value
 */
export function rawRowsToTable(fields: readonly Field[], rows: readonly Readonly<Record<string, RawValue>>[]): Table {
  checkRows(rows);
  rows.forEach((row, index) => {
    const absent = fields.find((field) => !Object.hasOwn(row, field.name));
    if (absent) throw missingColumn(absent.name, fields, index + 1);
  });
  const columns = fields.map((field): Column => {
    if (field.type === 'picture' && field.picture) return pictureColumn(rows, field, field.picture);
    if (isNumeric(field.type)) {
      return { kind: 'number', values: Float64Array.from(rows, (row, index) => numberFrom(row[field.name], field, index + 1)) };
    }
    return textColumn(rows.map((row, index) => textFrom(row[field.name], field, index + 1)));
  });
  return { rows: rows.length, names: fields.map((field) => field.name), columns };
}

function pictureColumn(rows: readonly Readonly<Record<string, RawValue>>[], field: Field, size: PictureSize): Column {
  const length = pixelsOf(size);
  const pixels = new Uint8Array(rows.length * length);
  for (const [index, row] of rows.entries()) {
    const value = row[field.name];
    if (!isPicture(value))
      throw misfit('wrong-value', value, field, index + 1, 'a picture: { height, width, channels: 1, 3 or 4, pixels }');
    pixels.set(resizePicture(value, size), index * length);
  }
  return { kind: 'picture', size, pixels };
}

const longestSide = 16_384;

function isPicture(value: unknown): value is Picture {
  if (typeof value !== 'object' || value === null) return false;
  const { height, width, channels, pixels } = value as Partial<Picture>;
  const isSide = (side: unknown): side is number => Number.isInteger(side) && Number(side) >= 1 && Number(side) <= longestSide;
  if (!isSide(height) || !isSide(width) || !(channels === 1 || channels === 3 || channels === 4)) return false;
  const isBytes = pixels instanceof Uint8Array || pixels instanceof Uint8ClampedArray;
  return isBytes && pixels.length === height * width * channels;
}

function checkRows(rows: unknown): void {
  const advice = 'Give a list of rows, each an object with a value for every column: [{ size: 1.5, colour: "red" }].';
  if (!Array.isArray(rows)) throw new InputError('invalid-rows', `The rows are ${shown(rows, [])}, not a list of rows.`, { advice });
  // `findIndex` also meets what was left out of the list.
  const index = rows.findIndex((row: unknown) => typeof row !== 'object' || row === null || Array.isArray(row));
  if (index < 0) return;
  throw new InputError('invalid-rows', `Row ${index + 1} is ${shown(rows[index], [])}, not an object of values by column.`, {
    advice,
    place: { row: index + 1 },
  });
}

function missingColumn(name: string, fields: readonly Field[], row: number): InputError {
  return new InputError('missing-column', `Row ${row} has no value for "${name}".`, {
    advice: `Each row needs ${listed(fields.map((field) => field.name))}; use null where a value is not known.`,
    place: { row, column: name },
  });
}

function numberFrom(value: RawValue, field: Field, row: number): number {
  if (value === null) return NaN;
  if (typeof value === 'object') throw misfit('not-a-number', value, field, row, 'a number');
  if (typeof value === 'number') {
    // Times are given as the file that was learnt from gives them.
    if (Number.isFinite(value)) return field.type === 'datetime' ? Math.round(value * factorOf(field.dates)) : value;
    if (Number.isNaN(value)) return NaN;
  }
  const text = String(value).trim();
  if (isMissing(text)) return NaN;
  if (field.type === 'datetime') {
    const time = parseDate(text, field.dates);
    if (time !== undefined) return time;
    throw misfit('not-a-datetime', value, field, row, 'a date such as 2024-05-31 or 2024-05-31T08:00:00Z');
  }
  const parsed = typeof value === 'boolean' ? Number(value) : parseNumber(text, 'point');
  if (parsed !== undefined && Number.isFinite(parsed)) return parsed;
  throw misfit('not-a-number', value, field, row, parsed === undefined ? 'a number' : `a number within ±${largestNumber}`);
}

/** The text of a category as training saw it; undefined where missing. */
function textFrom(value: RawValue, field: Field, row: number): string | undefined {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return undefined;
  if (typeof value === 'object') throw misfit('wrong-value', value, field, row, 'a text');
  if (typeof value === 'boolean') return field.top?.find((top) => meansBoolean(top.value, value))?.value ?? String(value);
  const text = String(value).trim();
  return isMissing(text) ? undefined : text;
}

function misfit(code: string, value: RawValue, field: Field, row: number, expected: string): InputError {
  return new InputError(code, `Row ${row}, column "${field.name}": ${shown(value, [])} is not ${expected}.`, {
    advice: `Give ${expected}, or null where it is not known.`,
    place: { row, column: field.name },
  });
}
