/** What a run's page says of each task, live and afterwards; what went wrong meanwhile; and the way on from what cannot go on. */
import { html } from 'lit';
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { RunRecord } from '../../../../src/spec/run.js';
import type { TrainingEvent } from '../../../../src/train/trainer.js';
import { datasetsContext, trainerContext } from '../../../../src/ui/contexts/services.js';
import { TrainingJob } from '../../../../src/ui/jobs/training-job.js';
import { runLive } from '../../../../src/ui/panels/run/run-live.js';
import { runResult } from '../../../../src/ui/panels/run/run-result.js';
import '../../../../src/ui/panels/run/run-panel.js';
import { expectAccessible } from '../accessible.js';
import { framed } from '../frame.js';
import { mount } from '../mount.js';
import { run } from '../records.js';

beforeEach(() => {
  location.hash = '';
});

const point = { epoch: 1, trainingLoss: 0.5, validationLoss: 0.6, validationScore: 0.4, learningRate: 0.01 };
const forecastScores = { rmse: 0.0004, mae: 0.0003, r2: 0.9, mase: 0.8, smape: 12 };
const anomalyScores = {
  rocAuc: null,
  averagePrecision: null,
  precision: null,
  recall: null,
  flagged: 0.02,
  reconstructionError: 0.00031,
  explained: 0.6,
};
const labelScores = { subsetAccuracy: 0.7, hammingLoss: 0.1, f1Micro: 0.8, f1Macro: 0.75, rocAuc: 0.9, averagePrecision: null };
const both = <Metrics>(metrics: Metrics) => ({ validation: metrics, test: metrics });
const line = { times: [0, 86_400_000], actual: [1, 2], forecast: [1.5, 2], naive: [0, 1] };
const naiveScores = both(forecastScores);

const of = (task: RunRecord['task'], scores: NonNullable<RunRecord['scores']>): RunRecord => ({
  ...run,
  task,
  scores,
  baseline: scores,
  linear: scores,
  curve: [point],
});

const forecastRun: RunRecord = {
  ...of('forecast', both(forecastScores)),
  backtest: {
    horizon: 2,
    season: 7,
    baselines: { naive: naiveScores, seasonalNaive: naiveScores },
    byStep: [1, 2].map((step) => ({ step, mae: step, naive: 2 * step, seasonalNaive: 3 })),
    lines: [1, 2].map((step) => ({ step, ...line })),
  },
};
const anomalyRun: RunRecord = {
  ...of('anomaly', both(anomalyScores)),
  spec: { target: '', task: 'anomaly' },
  anomalies: {
    threshold: 2,
    histogram: { minimum: 0, maximum: 4, counts: [9, 3, 1, 1], anomalies: [0, 0, 1, 0] },
    rows: [{ row: 4, score: 3, actual: 'anomaly', columns: [{ column: 'mass', part: 2.4 }] }],
  },
};
const incident = { time: 1_700_000_000_000, epoch: 3, step: 40, code: 'storage-full', message: 'There is no room.', remedy: 'It goes on.' };

test.each<[string, RunRecord]>([
  ['a forecast', forecastRun],
  ['anomalies', anomalyRun],
  ['several labels', of('multilabel', both(labelScores))],
  ['a run that was mended', { ...run, incidents: [incident, { ...incident, code: 'worker-lost' }] }],
])('the result of %s is accessible', async (_, given) => {
  await expectAccessible(() => mount(html`<div>${runResult(given)}</div>`));
});

test('what went wrong stands with when and what was done, and a full store with the way to room', async () => {
  await mount(html`<div>${runResult({ ...run, incidents: [incident, { ...incident, code: 'worker-lost' }] })}</div>`);
  await expect.element(page.getByRole('heading', { name: 'What went wrong, and was mended' })).toBeVisible();
  await expect.element(page.getByText('There is no room.').first()).toBeVisible();
  await expect.element(page.getByText('epoch 3 · step 40').first()).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Make room or export' })).toHaveAttribute('href', '#/settings');
});

test('figures in the units of what is told are not cut to thousandths, whatever the task', async () => {
  await mount(html`<div>${runResult(forecastRun)}</div>`);
  await expect.element(page.getByRole('row', { name: /^Root mean squared error/ })).toHaveTextContent('0.0004');
  await mount(html`<div>${runResult(anomalyRun)}</div>`);
  await expect.element(page.getByRole('row', { name: /^Reconstruction error/ })).toHaveTextContent('0.0003');
});

test('the curve of anomalies without known labels is of what is reconstructed', async () => {
  await mount(html`<div>${runResult(anomalyRun)}</div>`);
  await expect.element(page.getByRole('heading', { name: 'Variation reconstructed, by epoch' })).toBeVisible();
  await expect.element(page.getByRole('heading', { name: /^ROC AUC/ })).not.toBeInTheDocument();
});

async function liveJob(spec: RunRecord['spec'], events: readonly TrainingEvent[]): Promise<TrainingJob> {
  const train = async function* (): AsyncGenerator<TrainingEvent, RunRecord> {
    yield* events;
    return new Promise<never>(() => undefined);
  };
  const job = new TrainingJob({ train } as never, { dataset: 'dataset-1', spec }, 'Training on Penguins');
  void job.drive();
  await expect.poll(() => job.curve.length).toBe(1);
  return job;
}

test.each([
  ['forecast', 'mass', forecastScores, ['Naive forecast', 'R², validation']],
  ['anomaly', '', anomalyScores, ['Distance from the mean', 'Variation reconstructed, validation']],
] as const)('a training of the task %s stands beside what is easy for that task', async (task, target, metrics, words) => {
  const job = await liveJob({ target, task }, [
    { kind: 'stage', stage: 'training', run: 'run-1' },
    { kind: 'beside', which: 'baseline', scores: { validation: metrics } },
    { kind: 'incident', incident },
    { kind: 'epoch', point, best: true },
  ]);
  await expectAccessible(() => mount(html`<div>${runLive(job)}</div>`));
  await mount(html`<div>${runLive(job)}</div>`);
  for (const each of words) await expect.element(page.getByText(each, { exact: true })).toBeInTheDocument();
  await expect.element(page.getByRole('status').filter({ hasText: 'There is no room.' })).toBeInTheDocument();
});

test('the best of a run that failed is kept by going on from it and ending at once', async () => {
  const weights = { hash: 'a', bytes: 4 };
  const checkpoint = { epoch: 3, steps: 40, examples: 0, lossSum: 0, weights, optimizer: weights, best: { epoch: 3, loss: 0.1, weights } };
  const failed = {
    ...run,
    status: 'failed' as const,
    checkpoint,
    problem: 'The loss is no number.',
    scores: undefined,
  } satisfies RunRecord;
  const train = vi.fn(async function* () {
    yield { kind: 'stage', stage: 'testing', run: run.id };
    return new Promise(() => undefined);
  });
  const trainer = { run: async () => failed, train };
  const missing = { get: () => Promise.reject(new Error('It was deleted.')) };
  await framed(html`<bw-run-panel .item=${run.id}></bw-run-panel>`, [
    [trainerContext, trainer],
    [datasetsContext, missing],
  ]);
  await expect.element(page.getByText('The loss is no number.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep the best so far' }).click();
  const [request, signals] = train.mock.calls[0] as unknown as [object, { stop: AbortSignal; signal: AbortSignal }];
  expect(request).toMatchObject({ dataset: 'dataset-1', resume: 'run-1' });
  expect([signals.stop.aborted, signals.signal.aborted]).toEqual([true, false]);
  expect(location.hash).toBe('#/runs/run-1');
});
