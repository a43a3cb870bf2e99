import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TrainingSpec } from '../../../../src/spec/training.js';
import '../../../../src/ui/elements/training-form.js';
import type { TrainingForm } from '../../../../src/ui/elements/training-form.js';
import { expectAccessible } from '../accessible.js';
import { mount } from '../mount.js';
import { categoryField, numberField, ratePoints, rateStanding } from '../records.js';

async function formOf(refused?: string): Promise<TrainingSpec[]> {
  const specs: TrainingSpec[] = [];
  await mount(html`<bw-training-form .fields=${[numberField, categoryField]} target="species" .refused=${refused} .automatic=${new Map([['auto', { epochs: 120 }]])}
    @bw-train=${(event: CustomEvent<TrainingSpec>) => specs.push(event.detail)}></bw-training-form>`);
  return specs;
}

const train = page.getByRole('button', { name: 'Train' });

test('leaves open what was not filled in', async () => {
  const specs = await formOf();
  await train.click();
  expect(specs).toEqual([{ target: 'species', device: 'auto' }]);
});

test('asks for what was filled in, and shows what would be decided', async () => {
  const specs = await formOf();
  await page.getByText('Options').click();
  await expect.element(page.getByLabelText('Epochs, at most')).toHaveAttribute('placeholder', '120');
  await page.getByLabelText('Epochs, at most').fill('20');
  await page.getByLabelText('Early stopping').fill('0');
  await page.getByRole('combobox', { name: /^Model/ }).selectOptions('Linear model');
  await page.getByRole('combobox', { name: 'Device' }).selectOptions('Processor (JavaScript)');
  await train.click();
  expect(specs).toEqual([{ target: 'species', device: 'cpu', preset: 'linear', epochs: 20, patience: 0 }]);
});

const textField = { ...numberField, name: 'review', type: 'text' } as const;
const pictureField = { ...numberField, name: 'picture', type: 'picture' } as const;

test.each([
  ['numbers', numberField, 'classification', ['auto', 'linear', 'mlp', 'residual']],
  ['pictures', pictureField, 'classification', ['auto', 'linear', 'mlp', 'cnn', 'resnet', 'transfer']],
  ['a series', numberField, 'forecast', ['auto', 'linear', 'mlp', 'residual', 'gru', 'temporal-cnn']],
  ['texts', textField, 'classification', ['auto', 'linear', 'mlp', 'residual', 'text-cnn', 'transformer']],
  ['anomalies', textField, 'anomaly', ['auto', 'linear', 'autoencoder']],
] as const)('the models that fit %s are offered', async (_, field, task, presets) => {
  const decided = { task, reason: '' };
  await mount(html`<bw-training-form .fields=${[field, categoryField]} target="species" .decided=${decided}></bw-training-form>`);
  await page.getByText('Options').click();
  const { options } = page.getByRole('combobox', { name: /^Model/ }).element() as HTMLSelectElement;
  expect([...options].map(({ value }) => value)).toEqual(presets);
});

test('a figure out of range is not sent', async () => {
  const specs = await formOf();
  await page.getByText('Options').click();
  await page.getByLabelText('Batch size').fill('0');
  await train.click();
  expect(specs).toEqual([]);
});

test('a target that cannot be learnt says why, and cannot be trained', async () => {
  await formOf('Column "species" has only one class.');
  await expect.element(page.getByRole('alert')).toHaveTextContent('only one class');
  await expect.element(train).toBeDisabled();
});

test('rows are divided as is asked for', async () => {
  const specs = await formOf();
  await page.getByText('Options').click();
  await page.getByRole('combobox', { name: /^How rows are divided/ }).selectOptions(`Keep together: ${numberField.name}`);
  await page.getByLabelText('Test rows, in %').fill('30');
  await page.getByRole('combobox', { name: 'Equal rows in two parts' }).selectOptions('Leave them out of the test');
  await train.click();
  expect(specs).toEqual([{ target: 'species', device: 'auto', split: { group: numberField.name, test: 0.3, duplicates: 'drop' } }]);
});

test('a learning rate is looked for with what was filled in, cancelled, looked at by the keyboard and taken', async () => {
  const asked: TrainingSpec[] = [];
  let cancelled = 0;
  const form = await mount<TrainingForm>(html`<bw-training-form .fields=${[numberField, categoryField]} target="species"
    @bw-find-rate=${(event: CustomEvent<TrainingSpec>) => asked.push(event.detail)} @bw-rate-cancel=${() => cancelled++}></bw-training-form>`);
  await page.getByText('Options').click();
  await page.getByLabelText('Seed').fill('7');
  await page.getByRole('button', { name: 'Find a learning rate' }).click();
  expect(asked).toEqual([{ target: 'species', device: 'auto', seed: 7 }]);
  form.rates = { ...rateStanding, active: true, finding: undefined, points: ratePoints.slice(0, 12) };
  await page.getByRole('button', { name: 'Cancel the search' }).click();
  expect(cancelled).toBe(1);
  form.rates = rateStanding;
  const chart = page.getByRole('group', { name: /^Loss of 41 steps.*lowest 0.100 at 0.1/ });
  await expect.element(chart).toBeVisible();
  (chart.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await page.getByRole('button', { name: 'Use 0.0158' }).click();
  await expect.element(page.getByLabelText('Learning rate', { exact: false }).first()).toHaveValue(0.0158);
  await expect.element(page.getByText('The learning rate is 0.0158 now.')).toBeVisible();
});

test('on a narrow page the form is no wider for a curve of rates', async () => {
  await page.viewport(360, 800);
  try {
    await mount(
      html`<bw-training-form .fields=${[numberField, categoryField]} target="species" .rates=${rateStanding}></bw-training-form>`,
    );
    await page.getByText('Options').click();
    await expect.element(page.getByText('Suggested is', { exact: false })).toBeVisible();
    const { scrollWidth, clientWidth } = document.documentElement;
    expect(scrollWidth).toBe(clientWidth);
  } finally {
    await page.viewport(1280, 800);
  }
});

const extractors = [
  { model: '', title: 'Shapes', layers: ['parts', 'shapes'].map((output) => ({ output, title: output })), otherwise: 'shapes' },
  { model: 'ab12', title: 'Digits', layers: [1, 2].map((output) => ({ output, title: `${output} · conv2d` })), otherwise: 'the last' },
  { model: 'cd34', title: 'Other net', otherwise: 'the last' },
];

async function transferForm(): Promise<{ form: TrainingForm; specs: TrainingSpec[] }> {
  const specs: TrainingSpec[] = [];
  const form =
    await mount<TrainingForm>(html`<bw-training-form .fields=${[pictureField, categoryField]} target="species" .extractors=${extractors}
    .decided=${{ task: 'classification', reason: '' }} @bw-train=${(event: CustomEvent<TrainingSpec>) => specs.push(event.detail)}></bw-training-form>`);
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('combobox', { name: /^Model/ }).selectOptions('transfer');
  return { form, specs };
}

const extractor = page.getByRole('combobox', { name: /^Extractor/ });
const layer = page.getByLabelText(/^Up to layer/);

test('behind an extractor one chooses which, up to which layer, and with what pixels another program trained it', async () => {
  const { specs } = await transferForm();
  await train.click();
  await layer.selectOptions('parts');
  await train.click();
  await extractor.selectOptions('Digits');
  await expect.element(layer).toHaveValue('');
  await layer.selectOptions('2 · conv2d');
  await train.click();
  await extractor.selectOptions('Other net');
  await layer.fill('12');
  await page.getByLabelText('Mean of each channel').fill('0.485, 0.456, .4');
  await train.click();
  expect(specs).toHaveLength(3);
  await page.getByLabelText('Mean of each channel').fill('0.485, 0.456, 0.406');
  await page.getByLabelText('Deviation of each channel').fill('0.2 0.3 0.4');
  await train.click();
  await page.getByRole('combobox', { name: /^Model/ }).selectOptions('linear');
  await expect.element(extractor).not.toBeInTheDocument();
  await train.click();
  const behind = { target: 'species', device: 'auto', preset: 'transfer' };
  expect(specs).toEqual([
    behind,
    { ...behind, extractor: { output: 'parts' } },
    { ...behind, extractor: { model: 'ab12', output: 2 } },
    { ...behind, extractor: { model: 'cd34', output: 12, mean: [0.485, 0.456, 0.406], deviation: [0.2, 0.3, 0.4] } },
    { ...behind, preset: 'linear' },
  ]);
});

test('a refused extractor says why at its field, until another is chosen', async () => {
  const { form } = await transferForm();
  await extractor.selectOptions('Other net');
  form.refusedExtractor = { field: 'output', words: 'The model has no layer "40" to be kept.' };
  await expect.poll(() => layer.element().matches(':focus')).toBe(true);
  await expect.element(layer).toHaveAccessibleDescription('The model has no layer "40" to be kept.');
  await expect.element(layer).toHaveAttribute('aria-invalid', 'true');
  await expect.element(page.getByRole('alert')).toBeVisible();
  await extractor.selectOptions('Shapes');
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});

test('the fields of an extractor are accessible, and no wider than a narrow page', async () => {
  await page.viewport(360, 800);
  try {
    await expectAccessible(async () => {
      const { form } = await transferForm();
      await extractor.selectOptions('Other net');
      form.refusedExtractor = { field: 'mean', words: 'It has 3 channels.' };
      await form.updateComplete;
      return form;
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    expect(scrollWidth).toBe(clientWidth);
  } finally {
    await page.viewport(1280, 800);
  }
});
