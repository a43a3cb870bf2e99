/** Cross-validation of the built-in tables beside the published figures of scikit-learn's MLP with 32 hidden units. */
import { isDeepStrictEqual } from 'node:util';
import { foldsInChromium } from './chromium.mjs';
import { benchwright } from './command.mjs';

/** Accuracy of MLP(32) on standardised columns, 3 × 10-fold stratified cross-validation, and its standard error (scikit-learn 1.2.1). */
const published = [
  { name: 'iris', accuracy: 0.949, standardError: 0.009 },
  { name: 'wine', accuracy: 0.97, standardError: 0.005 },
  { name: 'breast-cancer', accuracy: 0.973, standardError: 0.003 },
  { name: 'digits', accuracy: 0.974, standardError: 0.002 },
];
const seeds = [0, 1, 2];

/**
 * One row for each table; `holds` says whether every seed's mean over its folds is within two standard errors of the published
 * one or above, and every figure of the first seed's folds is the same in Chromium, to the last digit.
 */
export async function publishedRows(kept) {
  const chromium = await kept('chromium', () =>
    foldsInChromium(
      published.map(({ name }) => name),
      seeds[0],
    ),
  );
  const rows = [];
  for (const row of published) rows.push(await publishedRow(row, kept, chromium[row.name]));
  return rows;
}

async function publishedRow({ name, accuracy, standardError }, kept, chromium) {
  const answers = [];
  for (const seed of seeds) {
    const line = ['train', `builtin:${name}`, '--folds', '10', '--seed', String(seed), '--device', 'wasm'];
    answers.push(await kept(`${name}-${seed}`, () => benchwright(...line)));
  }
  const folds = answers.flatMap(({ foldMetrics }) => foldMetrics.map((metrics) => metrics.accuracy));
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length;
  const variance = folds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (folds.length - 1);
  const sameInChromium = isDeepStrictEqual(answers[0].foldMetrics, chromium);
  const bySeed = answers.map(({ metrics }) => metrics.test.accuracy);
  return {
    name,
    ours: mean,
    error: Math.sqrt(variance / folds.length),
    bySeed,
    linear: average(answers.map(({ linear }) => linear.test.accuracy)),
    baseline: average(answers.map(({ baseline }) => baseline.test.accuracy)),
    accuracy,
    standardError,
    sameInChromium,
    holds: sameInChromium && bySeed.every((figure) => figure >= accuracy - 2 * standardError),
    seconds: average(answers.map(({ seconds }) => seconds)),
  };
}

export const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
