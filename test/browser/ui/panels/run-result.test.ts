/** A result and what it is read beside: the interval, the few rows that it rests on, the linear model. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { RunRecord } from '../../../../src/spec/run.js';
import { outdone } from '../../../../src/train/outdone.js';
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
  await expect.element(page.getByText("a linear model's is")).not.toBeInTheDocument();
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
  [0.8, 'worse than a linear model', "accuracy is 0.800; a linear model's is 0.900"],
  [0.89, 'slightly behind a linear model', "accuracy is 0.890; a linear model's is 0.900"],
  [0.05, 'no better than the baseline', 'without looking at a row it is 0.100'],
])('an accuracy of %f beside a linear model of 0.9 is said to be behind', async (accuracy, chip, words) => {
  const [scores, baseline, linear] = [accuracy, 0.1, 0.9].map(scored);
  await show({ ...run, scores, baseline, linear, warnings: outdone(scores, baseline, linear) });
  await expect.element(page.getByText(chip)).toBeVisible();
  await expect.element(page.getByText(words)).toBeVisible();
});

test('behind an extractor it is said which, and up to which layer', async () => {
  const extractor = { name: 'Digits', hash: 'ab12', layers: 3 };
  await show({ ...run, extractor, spec: { ...run.spec, preset: 'transfer', extractor: { model: 'ab12', output: 'strokes' } } });
  await expect.element(page.getByText('Digits, up to layer strokes')).toBeVisible();
});
