/** Texts to the values of a type. What does not fit is missing: whether that is acceptable has been decided before. */
import type { DateForm } from '../../spec/date-form.js';
import { type FieldType, isNumeric } from '../../spec/field-type.js';
import type { Column, TextColumn } from '../table.js';
import { type NumberFormat, parseNumber } from './cells.js';
import { parseDate } from './dates.js';

export function typedColumn({ codes, dictionary }: TextColumn, type: FieldType, format: NumberFormat, dates?: DateForm): Column {
  if (!isNumeric(type)) return { kind: 'text', codes, dictionary };
  const values = dictionary.map((text) => {
    const value = type === 'datetime' ? parseDate(text, dates) : parseNumber(text, format);
    return value !== undefined && Number.isFinite(value) ? value : NaN;
  });
  return { kind: 'number', values: Float64Array.from(codes, (code) => (code < 0 ? NaN : values[code])) };
}
