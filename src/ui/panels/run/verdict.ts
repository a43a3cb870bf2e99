/** What a result is worth beside what is easy, in a few honest words. */
import type { RunRecord } from '../../../spec/run.js';
import { headlineOf } from './beside.js';

/** Two standard errors of a share on n rows: a smaller difference may be chance. Binomial, at the result itself. */
const chance = (share: number, rows: number): number => 2 * Math.sqrt(Math.max(0, share * (1 - share)) / Math.max(1, rows));

export function verdict(run: RunRecord): { tone: 'good' | 'warn' | 'bad'; words: string } {
  const result = run.scores ? headlineOf(run.scores.test) : Number.NaN;
  const baseline = run.baseline ? headlineOf(run.baseline.test) : Number.NaN;
  const margin = run.task === 'classification' ? chance(result, run.rows.test) : 0.02;
  if (!(result > baseline + margin)) return { tone: 'bad', words: 'no better than the baseline' };
  if (run.preset === 'linear' || !run.linear) return { tone: 'good', words: 'well above the baseline' };
  const linear = headlineOf(run.linear.test);
  if (result > linear + margin) return { tone: 'good', words: 'better than a linear model' };
  if (result < linear - margin) return { tone: 'warn', words: 'worse than a linear model' };
  return { tone: 'good', words: 'as good as a linear model' };
}
