/** The trivial baseline: what can be had without looking at a row. A model that is no better has learnt nothing. */
import type { Metrics } from '../spec/metrics.js';
import { regressionMetrics } from '../stats/metrics.js';
import { metricsOf, type Truth } from './evaluation.js';

/** What the training rows' targets are like as a whole: rows of each class, or the mean. */
export type Trivial = { kind: 'classes'; classes: readonly string[]; counts: readonly number[] } | { kind: 'values'; mean: number };

export function trivialOf(training: Truth): Trivial {
  if (training.kind === 'values') {
    return { kind: 'values', mean: training.actual.reduce((sum, value) => sum + value / training.actual.length, 0) };
  }
  const counts = new Array<number>(training.classes.length).fill(0);
  for (const label of training.actual) if (label >= 0) counts[label]++;
  return { kind: 'classes', classes: training.classes, counts };
}

/** Figures of predicting the classes' shares in training (and so the majority class), or the training mean, for every row. */
export function baselineMetrics(training: Trivial, judged: Truth): Metrics {
  const rows = judged.actual.length;
  if (training.kind === 'values') {
    return regressionMetrics({ actual: judged.actual, predicted: new Float64Array(rows).fill(training.mean) });
  }
  const all = training.counts.reduce((sum, count) => sum + count, 0);
  const shares = Float32Array.from(training.counts, (count) => count / all);
  const outputs = new Float32Array(rows * shares.length);
  for (let row = 0; row < rows; row++) outputs.set(shares, row * shares.length);
  return metricsOf(judged, outputs);
}
