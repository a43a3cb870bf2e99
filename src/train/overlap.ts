/** What is said, and done where it is asked for, about rows that are in two parts. */
import { InputError } from '../base/errors.js';
import type { Overlap } from '../data/overlap.js';
import type { DatasetRecord, Warning } from '../spec/dataset.js';
import type { SplitSpec } from '../spec/training.js';

/** The columns that count: what is learnt from. Identifiers make every row another. */
export const comparedColumns = (record: DatasetRecord, target: string, leftOut: readonly string[]): string[] =>
  record.fields.filter(({ name, type }) => name !== target && type !== 'identifier' && !leftOut.includes(name)).map(({ name }) => name);

/** @throws InputError `split-impossible` where rows are dropped and none is left */
export function overlapWarnings(found: { validation: Overlap; test: Overlap }, split: SplitSpec): Warning[] {
  const dropped = split.duplicates === 'drop';
  return (['validation', 'test'] as const).flatMap((part) => {
    const { rows, sameTarget, of } = found[part];
    if (rows.length === 0) return [];
    if (dropped && rows.length === of) {
      throw new InputError('split-impossible', `All ${of} ${part} rows are rows that train, too: without them none is left.`, {
        advice: 'Keep duplicates, divide the rows by a group, or name columns that tell the rows apart.',
        place: { part, rows: of },
      });
    }
    const where = part === 'test' ? 'rows that train or validate' : 'rows that train';
    const examples = [...rows.subarray(0, 3)].map((row) => row + 1).join(', ');
    const were = dropped ? ' They were left out.' : '';
    return [
      {
        code: 'rows-in-two-parts',
        message: `${rows.length} of ${of} ${part} rows have the same inputs as ${where}, ${sameTarget} of them the same target too (row ${examples}${rows.length > 3 ? ', …' : ''}).${were}`,
        advice: dropped
          ? 'Nothing needs to be done.'
          : 'Where equal rows are copies, and not just rows with few values, figures are too good: leave them out (split.duplicates "drop"), or keep them together by a group.',
        place: { part, rows: rows.length, sameTarget, row: rows[0] + 1 },
      },
    ];
  });
}

/** The rows of an ascending list that are not in another one. */
export function without(rows: Uint32Array, dropped: Uint32Array): Uint32Array {
  const out = new Set(dropped);
  return rows.filter((row) => !out.has(row));
}
