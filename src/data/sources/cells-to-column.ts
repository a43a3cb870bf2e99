/** Cells that came as values, not as text in a file: numbers stay numbers, and texts say what the same texts in a CSV file would. */
import { isMissing, parseNumber } from '../columns/cells.js';
import { parseDate } from '../columns/dates.js';
import { textColumn } from '../columns/text.js';
import type { Column, NumberColumn, TextColumn } from '../table.js';
import type { Reading } from './table-file.js';

/** Undefined is missing. Booleans come as the texts `true` and `false`. */
export type Cell = number | string | undefined;

/** @param cells one for each row; holes are missing */
export function cellsToColumn(cells: readonly Cell[], rows: number, reading: Reading): Column {
  switch (reading.as) {
    case 'skip':
      return { kind: 'text', codes: new Int32Array(rows).fill(-1), dictionary: [] };
    case 'raw':
      return texts(cells, rows, (text) => text);
    case 'text':
      return texts(cells, rows, trimmed);
    case 'number':
      return numbers(cells, rows, (text) => parseNumber(text, reading.format));
    case 'datetime':
      return numbers(cells, rows, (text) => parseDate(text, reading.dates), true);
    default:
      return cells.some((cell) => typeof cell === 'string') ? texts(cells, rows, trimmed) : numbers(cells, rows, () => undefined);
  }
}

function trimmed(text: string): string | undefined {
  const value = text.trim();
  return isMissing(value) ? undefined : value;
}

function texts(cells: readonly Cell[], rows: number, read: (text: string) => string | undefined): TextColumn {
  return textColumn(
    Array.from({ length: rows }, (_, row) => {
      const cell = cells[row];
      return cell === undefined || Number.isNaN(cell) ? undefined : read(String(cell));
    }),
  );
}

/** @param spelt whether numbers, too, mean what their text says: 2024 by itself is no date */
function numbers(cells: readonly Cell[], rows: number, parse: (text: string) => number | undefined, spelt = false): NumberColumn {
  const values = new Float64Array(rows).fill(Number.NaN);
  const known = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const cell = cells[row];
    if (cell === undefined) continue;
    if (typeof cell === 'number' && !spelt) {
      values[row] = cell;
      continue;
    }
    const text = String(cell).trim();
    let value = known.get(text);
    if (value === undefined) {
      const parsed = isMissing(text) ? undefined : parse(text);
      value = parsed !== undefined && Number.isFinite(parsed) ? parsed : Number.NaN;
      known.set(text, value);
    }
    values[row] = value;
  }
  return { kind: 'number', values };
}
