/** Figures of several folds as one: the mean, and how sure it is. */
import { squared } from '../base/elementary.js';
import type { Metrics } from '../spec/metrics.js';

type Summary = Record<string, number | null>;

/** The mean of each figure; null where no fold has it. */
export const meanOf = (folds: Metrics[]): Summary => summarise(folds, mean);

/** Standard deviation over folds (n − 1) divided by √n; null where fewer than two folds have the figure. */
export const standardErrorOf = (folds: Metrics[]): Summary =>
  summarise(folds, (values) => {
    if (values.length < 2) return null;
    const centre = mean(values);
    const variance = values.reduce((sum, value) => sum + squared(value - centre), 0) / (values.length - 1);
    return Math.sqrt(variance / values.length);
  });

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function summarise(folds: Metrics[], figure: (values: number[]) => number | null): Summary {
  const names = Object.keys(folds[0]) as (keyof Metrics)[];
  return Object.fromEntries(
    names.map((name) => {
      const values = folds.map((fold) => fold[name] as number | null).filter((value) => value !== null);
      return [name, values.length > 0 ? figure(values) : null];
    }),
  );
}
