/** The trivial baseline: what can be had without looking at a row. A model that is no better has learnt nothing. */
import type { Metrics } from '../spec/metrics.js';
import { regressionMetrics } from '../stats/metrics.js';
import { metricsOf, type Truth } from './evaluation.js';

/** Figures of predicting the classes' shares in training (and so the majority class), or the training mean, for every row. */
export function baselineMetrics(training: Truth, judged: Truth): Metrics {
  const rows = judged.actual.length;
  if (training.kind === 'values') {
    const mean = training.actual.reduce((sum, value) => sum + value / training.actual.length, 0);
    return regressionMetrics({ actual: judged.actual, predicted: new Float64Array(rows).fill(mean) });
  }
  const shares = new Float32Array(training.classes.length);
  for (const label of training.actual) shares[label] += 1 / training.actual.length;
  const outputs = new Float32Array(rows * shares.length);
  for (let row = 0; row < rows; row++) outputs.set(shares, row * shares.length);
  return metricsOf(judged, outputs);
}
