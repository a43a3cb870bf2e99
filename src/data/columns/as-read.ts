/** A column that a format has typed itself, in the form that a reading asks for. */
import type { Reading } from '../sources/table-file.js';
import type { Column, TextColumn } from '../table.js';
import { isMissing } from './cells.js';
import { factorOf } from './dates.js';
import { textColumn } from './text.js';
import { typedColumn } from './typed.js';

/** @param isTime whether numbers are milliseconds since 1970, which become ISO dates as texts */
export function asRead(column: Column, reading: Reading, isTime: boolean): Column {
  if (column.kind === 'picture') return column;
  if (column.kind === 'number') {
    if (reading.as === 'datetime' && !isTime && factorOf(reading.dates) !== 1) {
      const factor = factorOf(reading.dates);
      return { kind: 'number', values: column.values.map((value) => Math.round(value * factor)) };
    }
    if (reading.as !== 'text' && reading.as !== 'raw') return column;
    return textColumn(
      Array.from(column.values, (value) => (Number.isNaN(value) ? undefined : isTime ? isoOrNumber(value) : String(value))),
    );
  }
  if (reading.as === 'raw') return column;
  const trimmed = withoutMissing(column);
  if (reading.as === 'number') return typedColumn(trimmed, 'number', reading.format);
  return reading.as === 'datetime' ? typedColumn(trimmed, 'datetime', 'point', reading.dates) : trimmed;
}

/** Milliseconds as an ISO 8601 date; the number itself where the calendar ends. */
export const isoOrNumber = (value: number): string => (Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : String(value));

/** Texts as every source gives them: trimmed, and missing where they say so, as they do in a file to predict. */
function withoutMissing(column: TextColumn): TextColumn {
  if (column.dictionary.every((text) => text === text.trim() && !isMissing(text))) return column;
  const known = new Map<string, number>();
  const codeOf = column.dictionary.map((text) => {
    const value = text.trim();
    if (isMissing(value)) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  return { kind: 'text', codes: column.codes.map((code) => (code < 0 ? -1 : codeOf[code])), dictionary: [...known.keys()] };
}

/** What stands where a column was not asked for. */
export const emptyColumn = (rows: number): Column => ({ kind: 'text', codes: new Int32Array(rows).fill(-1), dictionary: [] });
