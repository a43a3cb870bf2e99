/** Trials from the best to the worst, as they stand. */
import { smallerIsBetter } from '../../spec/smaller-is-better.js';
import type { TrialRecord } from '../../spec/sweep-record.js';

export const figureOf = ({ rungs }: TrialRecord): number | null => rungs.at(-1)?.metric ?? null;

/** Who came further is ahead; of those that came equally far, the better; then the lower number. */
export function ranked(trials: readonly TrialRecord[], metric: string): TrialRecord[] {
  const order = (value: number | null): number => (value === null ? Number.POSITIVE_INFINITY : smallerIsBetter(metric) ? value : -value);
  const lost = ({ status }: TrialRecord): number => Number(status === 'diverged');
  return trials.toSorted(
    (one, other) =>
      lost(one) - lost(other) ||
      other.rungs.length - one.rungs.length ||
      order(figureOf(one)) - order(figureOf(other)) ||
      one.number - other.number,
  );
}
