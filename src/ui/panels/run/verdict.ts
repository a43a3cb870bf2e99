/** What a result is worth beside what is easy, and how far it can be trusted, in a few honest words. */
import type { RunRecord } from '../../../spec/run.js';
import { headlineOf } from '../../../stats/headline.js';
import { wilsonInterval } from '../../../stats/intervals.js';
import { counted, score } from '../../format.js';

/** Fewer test rows than this say little, however good the figure. */
const fewRows = 30;

/** Two standard errors of a share on n rows: a smaller difference may be chance. Binomial, at the result itself. */
const chance = (share: number, rows: number): number => 2 * Math.sqrt(Math.max(0, share * (1 - share)) / Math.max(1, rows));

const marginOf = (run: RunRecord, result: number): number => (run.task === 'classification' ? chance(result, run.rows.test) : 0.02);

export function verdict(run: RunRecord): { tone: 'good' | 'warn' | 'bad'; words: string } {
  const result = run.scores ? headlineOf(run.scores.test) : Number.NaN;
  const baseline = run.baseline ? headlineOf(run.baseline.test) : Number.NaN;
  const margin = marginOf(run, result);
  if (!(result > baseline + margin)) return { tone: 'bad', words: 'no better than the baseline' };
  if (run.preset === 'linear' || !run.linear) return { tone: 'good', words: 'well above the baseline' };
  const linear = headlineOf(run.linear.test);
  if (result > linear + margin) return { tone: 'good', words: 'better than a linear model' };
  if (result < linear - margin) return { tone: 'warn', words: 'worse than a linear model' };
  if (result < linear) return { tone: 'warn', words: 'slightly behind a linear model' };
  return { tone: 'good', words: 'as good as a linear model' };
}

/** Wilson's 95 % interval of the test accuracy; none for a regression, whose R² is no share of rows. */
export function intervalWords(run: RunRecord): string | undefined {
  if (!run.scores || run.task !== 'classification' || run.rows.test < 1) return undefined;
  const right = Math.round(headlineOf(run.scores.test) * run.rows.test);
  const { lower, upper } = wilsonInterval(right, run.rows.test);
  return `between ${score(lower)} and ${score(upper)} (95 %)`;
}

export function fewRowsWords(run: RunRecord): string | undefined {
  if (run.rows.test >= fewRows) return undefined;
  return `Only ${counted(run.rows.test, 'test row')}: so few say little about rows to come.`;
}
