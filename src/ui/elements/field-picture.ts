/** What a column's small picture draws, and the same in words. */
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import { count, figure } from '../format.js';

const mostNamed = 3;
const mostCharacters = 40;
const mostBars = 24;

/** Counts in bins of a number, or of the most frequent values. */
export const fieldCounts = (field: Field): readonly number[] =>
  field.histogram ?? (field.top ?? []).slice(0, mostBars).map((entry) => entry.count);

/** "3.1 to 59.6, middle 17.3", or the most frequent values with their counts. */
export function fieldInWords(field: Field): string {
  if (field.range && isNumeric(field.type)) {
    const shown = field.type === 'datetime' ? day : figure;
    return `${shown(field.range.minimum)} to ${shown(field.range.maximum)}, median ${shown(field.range.median)}`;
  }
  const named = (field.top ?? []).slice(0, mostNamed).map(({ value, count: times }) => `${shortened(value)} (${count(times)})`);
  const others = field.distinct - named.length;
  if (named.length === 0) return '';
  if (field.top?.[0].count === 1 && others > 0) return `a different one in every row, as ${shortened(field.top[0].value)}`;
  return `${named.join(', ')}${others > 0 ? `, ${count(others)} more` : ''}`;
}

/** Enough of a long text to know it by. */
const shortened = (text: string): string => (text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1).trimEnd()}…` : text);

/** A day of a datetime column, in milliseconds since 1970. */
export const day = (value: number): string => (Number.isFinite(value) ? new Date(value).toISOString().slice(0, 10) : '–');
