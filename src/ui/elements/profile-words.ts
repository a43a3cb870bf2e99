/** What a profile says, in words: measures, findings, figures of a column. */

import { isNumeric } from '../../spec/field-type.js';
import type { Alone, Association, AssociationMeasure, Finding, ProfiledColumn } from '../../spec/profile.js';
import { count, figure, percentage } from '../format.js';
import { day } from './field-picture.js';
import type { Tone } from './notice.js';

export const measureWords: Record<AssociationMeasure, { name: string; explanation: string }> = {
  spearman: { name: 'Spearman’s ρ', explanation: 'how far one rises, or falls, with the other' },
  'correlation-ratio': { name: 'correlation ratio', explanation: 'how far the groups differ in the target' },
  'correlation-ratio-ranks': { name: 'correlation ratio of ranks', explanation: 'how far the classes differ in this column’s order' },
  'correlation-ratio-bins': { name: 'correlation ratio in 16 bins', explanation: 'a curve: how far the target differs from bin to bin' },
  'cramers-v': { name: 'Cramér’s V', explanation: 'how far the classes depend on this column’s values' },
  'cramers-v-bins': { name: 'Cramér’s V in 16 bins', explanation: 'how far the classes depend on the bin of this column' },
};

export const findingTone: Record<Finding['severity'], Tone> = { bad: 'bad', warn: 'warn', note: 'neutral' };

/** "0.85 of 1 (Spearman’s ρ, −0.85)". */
export function associationInWords({ value, measure, spearman }: Association): string {
  const signed = measure === 'spearman' && spearman !== undefined ? `, ${spearman.toFixed(2).replace('-', '−')}` : '';
  return `${value.toFixed(2)} of 1 (${measureWords[measure].name}${signed})`;
}

export const aloneInWords = ({ metric, score, baseline }: Alone): string =>
  metric === 'r2'
    ? `By itself it explains ${percentage(score)} of the target’s variance, on rows not fitted on.`
    : `By itself it is right in ${percentage(score)} of rows not fitted on; the most frequent class is in ${percentage(baseline)}.`;

/** "164 distinct", "about 51,200 distinct (± 0.8 %)". */
export const distinctInWords = ({ value, error }: ProfiledColumn['distinct']): string =>
  error === 0 ? `${count(value)} distinct` : `about ${count(value)} distinct (± ${(error * 100).toFixed(1)} %)`;

/** A value of the column as it is read: a date where it is one. */
export const valueInWords = (type: ProfiledColumn['type'], value: number): string => (type === 'datetime' ? day(value) : figure(value));

/** What the picture of a column shows, for who cannot see it. */
export function columnInWords(column: ProfiledColumn, rows: number): string {
  const { type, numbers, top, missing } = column;
  const parts: string[] = [];
  if (numbers && isNumeric(type)) {
    const [minimum, , , low, median, high, , , maximum] = numbers.quantiles.map((value) => valueInWords(type, value));
    parts.push(`${minimum} to ${maximum}, median ${median}, middle half ${low} to ${high}`);
  } else if (top)
    parts.push(
      top.values
        .slice(0, 3)
        .map((entry) => `${entry.value || '(empty)'} (${count(entry.count)})`)
        .join(', '),
    );
  if (missing > 0) parts.push(`${percentage(missing / Math.max(1, rows))} missing`);
  return parts.join('; ');
}
