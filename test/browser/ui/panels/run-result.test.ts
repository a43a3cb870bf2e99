/** A result and what it is read beside: the interval, the few rows that it rests on, the linear model. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { RunRecord } from '../../../../src/spec/run.js';
import { runResult } from '../../../../src/ui/panels/run/run-result.js';
import { mount } from '../mount.js';
import { classificationScores, run } from '../records.js';

const scored = (accuracy: number) => ({ validation: classificationScores, test: { ...classificationScores, accuracy } });
const regressionScores = { rmse: 1, mae: 1, r2: 0.8 };
const show = (given: RunRecord) => mount(html`<div>${runResult(given)}</div>`);

test('the accuracy on test rows stands beside its interval', async () => {
  await show(run);
  // 178 of 180, by inverting the score test in SciPy: 0.96040 to 0.99695.
  await expect.element(page.getByText('between 0.960 and 0.997 (95 %)')).toBeVisible();
  await expect.element(page.getByText('so few say little')).not.toBeInTheDocument();
  await expect.element(page.getByText('A linear model did')).not.toBeInTheDocument();
});

test('a regression has no interval of a share', async () => {
  const scores = { validation: regressionScores, test: regressionScores };
  await show({ ...run, task: 'regression', scores, baseline: undefined, linear: undefined });
  await expect.element(page.getByText('0.800').first()).toBeVisible();
  await expect.element(page.getByText('(95 %)')).not.toBeInTheDocument();
});

test('fewer than 30 test rows are said to say little', async () => {
  await show({ ...run, rows: { ...run.rows, test: 29 }, scores: scored(28 / 29) });
  await expect.element(page.getByText('Only 29 test rows: so few say little about rows to come.')).toBeVisible();
});

test.each([
  [0.8, 'worse than a linear model', 'A linear model did better: 0.900 against 0.800'],
  [0.89, 'slightly behind a linear model', 'A linear model did slightly better, perhaps by chance: 0.900 against 0.890'],
  [0.3, 'no better than the baseline', 'A linear model did better: 0.900 against 0.300'],
])('an accuracy of %f beside a linear model of 0.9 is said to be behind', async (accuracy, chip, words) => {
  await show({ ...run, scores: scored(accuracy) });
  await expect.element(page.getByText(chip)).toBeVisible();
  await expect.element(page.getByText(words)).toBeVisible();
});
