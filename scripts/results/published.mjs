/** Cross-validation of the built-in tables beside the published figures of scikit-learn's MLP with 32 hidden units. */
import { isDeepStrictEqual } from 'node:util';
import { foldsInChromium } from './chromium.mjs';
import { benchwright } from './command.mjs';
import { figure, table, verdict } from './page.mjs';

/** Accuracy of MLP(32) on standardised columns, 3 × 10-fold stratified cross-validation, and its standard error (scikit-learn 1.2.1). */
const published = [
  { name: 'iris', accuracy: 0.949, standardError: 0.009 },
  { name: 'wine', accuracy: 0.97, standardError: 0.005 },
  { name: 'breast-cancer', accuracy: 0.973, standardError: 0.003 },
  { name: 'digits', accuracy: 0.974, standardError: 0.002 },
];
export const builtinTables = published.map(({ name }) => name);
export const seeds = [0, 1, 2];

/**
 * One row for each table; `holds` says whether every seed's mean over its folds is within two standard errors of the published
 * one or above, and every figure of the first seed's folds is the same in Chromium, to the last digit.
 */
async function publishedRows(kept) {
  const chromium = await kept('chromium', () => foldsInChromium(builtinTables, seeds[0]));
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

/** The rows, and their section of docs/results.md. */
export async function publishedSection(kept) {
  const rows = await publishedRows(kept);
  return { rows, text: publishedText(rows) };
}

const publishedText = (rows) => `## Published rows

Accuracy of \`benchwright train builtin:NAME --folds 10 --seed S\` for the seeds 0, 1 and 2 (stratified folds; in each fold the
validation rows are taken from the training rows), beside scikit-learn 1.2.1's MLP with 32 hidden units on standardised
columns, 3 × 10-fold stratified cross-validation. The bound, for every seed, is the published figure minus
two of its standard errors; and every figure of the folds of seed 0 has to be the same, to the last digit, in a page of Chromium.

${table(
  [
    'table',
    'ours ± standard error',
    'by seed',
    'published ± standard error',
    'same in Chromium',
    'holds',
    'our linear model',
    'baseline',
    'seconds per 10 folds',
  ],
  rows.map((row) => [
    row.name,
    `${figure(row.ours)} ± ${figure(row.error)}`,
    row.bySeed.map(figure).join(', '),
    `${figure(row.accuracy)} ± ${figure(row.standardError)}`,
    verdict(row.sameInChromium),
    verdict(row.holds),
    figure(row.linear),
    figure(row.baseline),
    row.seconds.toFixed(1),
  ]),
)}`;
