/** Before a training and after it, by task: what the page asks its services for, and what it says of the task that was chosen. */
import { html } from 'lit';
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { InputError } from '../../../../src/base/errors.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import type { ModelRecord } from '../../../../src/spec/trained.js';
import {
  datasetsContext,
  devicesContext,
  modelsContext,
  tensorModelsContext,
  trainerContext,
} from '../../../../src/ui/contexts/services.js';
import { TrainingJob } from '../../../../src/ui/jobs/training-job.js';
import '../../../../src/ui/panels/layers/layers-panel.js';
import { keepLayers } from '../../../../src/ui/panels/layers/layers-draft.js';
import '../../../../src/ui/panels/model/forecast-card.js';
import '../../../../src/ui/panels/train/train-panel.js';
import { expectAccessible } from '../accessible.js';
import { framed } from '../frame.js';
import { categoryField, numberField, run } from '../records.js';

beforeEach(() => sessionStorage.clear());

const dataset = {
  kind: 'dataset',
  id: 'dataset-1',
  name: 'Penguins',
  rows: 344,
  fields: [numberField, { ...categoryField, missing: 4 }],
} as unknown as DatasetRecord;
const datasets = { get: async () => dataset };
const forever = async function* () {
  yield* [];
  await new Promise(() => undefined);
};

const trainPanel = (trainer: object) =>
  framed(html`<bw-train-panel .item=${dataset.id} detail="species"></bw-train-panel>`, [
    [datasetsContext, datasets],
    [trainerContext, trainer],
  ]);

test('a learning rate is looked for with the layers that are trained', async () => {
  const layers = [{ kind: 'dense', units: 8, activation: 'relu' }] as const;
  keepLayers(dataset.id, 'species', { layers });
  const findLearningRate = vi.fn(forever);
  await trainPanel({ findLearningRate });
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('button', { name: 'Find a learning rate' }).click();
  const [[request]] = findLearningRate.mock.calls as unknown as [object][];
  expect(request).toMatchObject({ dataset: 'dataset-1', spec: { target: 'species', layers } });
});

test('a search for a learning rate is there again on the page that its job leads to', async () => {
  let given: AbortSignal | undefined;
  const findLearningRate = async function* (_request: object, _options: object, { signal }: { signal: AbortSignal }) {
    given = signal;
    yield { kind: 'stage', stage: 'reading' };
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const frame = await trainPanel({ findLearningRate });
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('button', { name: 'Find a learning rate' }).click();
  await expect.element(page.getByRole('button', { name: 'Cancel the search' })).toBeVisible();
  frame.content = html``;
  await expect.element(page.getByRole('button', { name: 'Train' })).not.toBeInTheDocument();
  frame.content = html`<bw-train-panel .item=${dataset.id} detail="species"></bw-train-panel>`;
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('button', { name: 'Cancel the search' }).click();
  expect(given?.aborted).toBe(true);
  await expect.element(page.getByRole('button', { name: 'Find a learning rate' })).toBeVisible();
});

test('beside the form it stands what the chosen task makes of the column', async () => {
  await trainPanel({});
  const card = page.getByRole('region', { name: 'What to learn' });
  await expect.element(card.getByText('Classes to tell apart.')).toBeVisible();
  await expect.element(card.getByText(/left out of training/)).toBeVisible();
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Task' }).selectOptions('Anomalies');
  await expect.element(card.getByText('Known labels, by which scores are judged.')).toBeVisible();
  await expect.element(card.getByText(/left out of training/)).not.toBeInTheDocument();
});

test('with a window of a series the networks that read one are offered to begin from', async () => {
  const facts = { task: 'regression', inputs: 12, outputs: 1, rows: 200, sequence: { length: 4, channels: 3 } };
  await framed(html`<bw-layers-panel .item=${dataset.id} detail=${numberField.name}></bw-layers-panel>`, [
    [datasetsContext, datasets],
    [trainerContext, { plan: async () => ({ facts, lookedUp: [] }) }],
    [devicesContext, {}],
  ]);
  const begin = page.getByRole('combobox', { name: 'Begin again from' });
  await expect.element(begin).toBeVisible();
  const { options, value: chosen } = begin.element() as HTMLSelectElement;
  expect([...options].map(({ value }) => value)).toEqual(['mlp', 'residual', 'gru', 'temporal-cnn', 'nothing']);
  expect(chosen).toBe('mlp');
});

const model = {
  kind: 'model',
  id: 'model-1',
  name: 'Sales',
  task: 'forecast',
  target: 'sales',
  fields: [{ ...numberField, name: 'day', type: 'datetime' }],
  pipeline: {
    ...run.pipeline,
    target: { kind: 'series', column: 'sales', horizon: 2 },
    windows: { time: 'day', group: 'shop', length: 4 },
  },
} as unknown as ModelRecord;
const told = ['north', 'south'].flatMap((series) =>
  [1, 2].map((step) => ({ series, time: step * 86_400_000, step, prediction: 10 * step })),
);

test('a forecast is told in a sentence, drawn, and listed', async () => {
  const frame = () =>
    framed(html`<bw-forecast-card .model=${model}></bw-forecast-card>`, [[modelsContext, { forecast: async () => told }]]);
  await expectAccessible(async () => {
    const element = await frame();
    await page.getByRole('button', { name: 'Tell' }).click();
    await expect.element(page.getByRole('button', { name: 'Download the CSV' })).toBeVisible();
    return element;
  });
  await frame();
  await page.getByRole('button', { name: 'Tell' }).click();
  // Spoken is the sentence alone: a table in a live region would be read out whole.
  await expect.element(page.getByRole('status')).toHaveTextContent(/^sales of north from 1970-01-02 to 1970-01-03: 10 to 20\.$/);
  await expect.element(page.getByRole('row', { name: 'south 1970-01-03 20' })).toBeVisible();
});

test('a forecast that nobody waits for any more is called off', async () => {
  let given: AbortSignal | undefined;
  const forecast = (_id: string, _options: object, signal?: AbortSignal) => {
    given = signal;
    return new Promise(() => undefined);
  };
  const element = await framed(html`<bw-forecast-card .model=${model}></bw-forecast-card>`, [[modelsContext, { forecast }]]);
  await page.getByRole('button', { name: 'Tell' }).click();
  await expect.poll(() => given?.aborted).toBe(false);
  element.remove();
  expect(given?.aborted).toBe(true);
});

test('saved models of pictures and models of other programs are offered as extractors; what is refused is told at its field', async () => {
  const picture = { ...numberField, name: 'picture', type: 'picture', picture: { height: 8, width: 8, channels: 1 } };
  const pictures = { ...dataset, fields: [picture, categoryField] };
  const layers = [{ kind: 'conv2d', name: 'strokes' }, { kind: 'flatten' }, { kind: 'dense' }];
  const own = { name: 'Digits', created: 0, weights: { hash: 'ab12' }, model: { layers }, pipeline: { steps: [{ kind: 'picture' }] } };
  const ofNumbers = { ...own, name: 'Iris', weights: { hash: 'ef56' }, pipeline: { steps: [{ kind: 'number' }] } };
  const other = { name: 'Other net', created: 0, sha256: 'cd34' };
  const asked: object[] = [];
  const gates = new EventTarget();
  const opened = (gate: string) => new Promise((resolve) => gates.addEventListener(gate, resolve, { once: true }));
  const train = async function* ({ spec }: { spec: object }) {
    asked.push(spec);
    await opened('run');
    yield { kind: 'stage', stage: 'reading', run: 'run-1' };
    await opened('extractor');
    throw new InputError('extractor-output', 'The model has no layer "40" to be kept.', { place: { field: 'extractor.output' } });
  };
  const before = location.hash;
  const frame = await framed(html`<bw-train-panel .item=${dataset.id} detail="species"></bw-train-panel>`, [
    [datasetsContext, { get: async () => pictures }],
    [modelsContext, { list: async () => [own, own, ofNumbers] }],
    [tensorModelsContext, { list: async () => [other] }],
    [trainerContext, { train }],
  ]);
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('combobox', { name: /^Model/ }).selectOptions('transfer');
  const extractor = page.getByRole('combobox', { name: /^Extractor/ });
  await expect.element(extractor).toBeVisible();
  const offered = [...(extractor.element() as HTMLSelectElement).options].map(({ text }) => text.replace(/ ·.*/, ''));
  expect(offered).toEqual(['Shapes, comes with Benchwright', 'Digits', 'Other net']);
  await extractor.selectOptions('ab12');
  const layer = page.getByLabelText(/^Up to layer/);
  expect([...(layer.element() as HTMLSelectElement).options].map(({ text }) => text).slice(1)).toEqual([
    '1 · strokes, conv2d',
    '2 · flatten',
  ]);
  await extractor.selectOptions('cd34');
  await layer.fill('40');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect.element(page.getByRole('progressbar')).toBeVisible();
  const told = new Promise<void>((resolve) => frame.jobs.of(TrainingJob)[0].listen(resolve));
  gates.dispatchEvent(new Event('run'));
  await told;
  gates.dispatchEvent(new Event('extractor'));
  await expect.element(layer).toHaveAccessibleDescription(/no layer "40"/);
  await expect.poll(() => layer.element().matches(':focus')).toBe(true);
  expect(page.getByRole('alert').elements()).toHaveLength(1);
  expect(asked).toMatchObject([{ preset: 'transfer', extractor: { model: 'cd34', output: 40 } }]);
  expect(location.hash).toBe(before);
});
