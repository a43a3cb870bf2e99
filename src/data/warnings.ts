/** What a user should know about columns as a whole, and how much of it is worth saying. */
import type { Warning } from '../spec/dataset.js';
import type { Field } from '../spec/field.js';
import { isCategorical } from '../spec/field-type.js';

/** Of one kind, this many are told one by one; a table of thousands of columns would hide everything else. */
const mostOfAKind = 10;

/** Share of missing values from which a column says little. */
const almostEmpty = 0.9;

export function columnWarnings(fields: readonly Field[], rows: number): Warning[] {
  return fields.flatMap((field): Warning[] => {
    const place = { column: field.name };
    if (field.missing === rows) {
      return [
        { code: 'empty-column', message: `Column "${field.name}" has no values.`, advice: 'It will be left out of training.', place },
      ];
    }
    if (field.missing >= almostEmpty * rows) {
      const percent = Math.floor((100 * field.missing) / rows);
      return [
        {
          code: 'almost-empty-column',
          message: `Column "${field.name}" is missing in ${percent} % of rows.`,
          advice: 'Leave it out unless the few values matter.',
          place,
        },
      ];
    }
    if (field.distinct === 1 && field.missing === 0 && rows > 1) {
      return [
        {
          code: 'constant-column',
          message: `Column "${field.name}" is the same in every row.`,
          advice: 'It will be left out of training.',
          place,
        },
      ];
    }
    return [];
  });
}

/** Share of the most frequent class from which a model that always says it looks good. */
const imbalanced = 0.9;

export function targetWarnings(target: Field | undefined, rows: number): Warning[] {
  const most = target?.top?.[0];
  if (!target || !most || !isCategorical(target.type) || target.distinct < 2) return [];
  const share = most.count / (rows - target.missing);
  if (share < imbalanced) return [];
  return [
    {
      code: 'class-imbalance',
      message: `${Math.floor(share * 100)} % of "${target.name}" are "${most.value}".`,
      advice: 'Judge a model by its balanced accuracy: always answering the frequent class is right just as often.',
      place: { column: target.name },
    },
  ];
}

/** At most ten of a kind, and then how many more there are. */
export function limited(warnings: readonly Warning[]): Warning[] {
  const counts = new Map<string, number>();
  const kept = warnings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= mostOfAKind;
  });
  const more = [...counts].filter(([, count]) => count > mostOfAKind);
  return [
    ...kept,
    ...more.map(([code, count]): Warning => ({ code, message: `${count - mostOfAKind} more columns: ${code}.`, advice: '', place: {} })),
  ];
}
