/** A cell of a table as text. */
import type { Column } from '../../data/table.js';
import type { FieldType } from '../../spec/field-type.js';

/** The whole value, unrounded; undefined where it is missing. */
export function cellText(column: Column, row: number, type: FieldType | undefined): string | undefined {
  if (column.kind === 'text') return column.codes[row] < 0 ? undefined : column.dictionary[column.codes[row]];
  if (column.kind === 'picture') return `${column.size.height} × ${column.size.width} pixels`;
  const value = column.values[row];
  if (Number.isNaN(value)) return undefined;
  if (type !== 'datetime') return value.toString();
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value.toString() : date.toISOString().replace('T00:00:00.000Z', '').replace('.000Z', 'Z');
}
