/**
 * Every preset, and every step of a pipeline, as an ONNX file that runs in onnxruntime-web: what it answers to raw rows is what the model
 * answers, to 1e-5.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withDerived } from '../../../../src/data/derive.js';
import { chosenRows } from '../../../../src/data/rows-of.js';
import type { Table } from '../../../../src/data/table.js';
import { readTable } from '../../../../src/data/whole.js';
import { WindowMemory } from '../../../../src/data/window-memory.js';
import { openPredictor } from '../../../../src/infer/predictor.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import type { FittedTokens } from '../../../../src/spec/fitted-steps.js';
import type { LayerSpec } from '../../../../src/spec/layer.js';
import type { ColumnStep, PipelineSpec } from '../../../../src/spec/pipeline-spec.js';
import { columnWishes, presetsFor } from '../../../../src/spec/preset.js';
import type { TrainingSpec } from '../../../../src/spec/training.js';
import { stripedFolder } from '../../stripes.js';
import { workplace } from '../../train/workplace.js';
import { runOnnx } from './onnx-run.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

/** Of a probability; of a value, a share of its size. */
const tolerance = 1e-5;
const mostRows = 500;

/** Trains, exports, and holds the file's answers on the rows to the model's own. */
async function sameAnswers(dataset: DatasetRecord, spec: TrainingSpec, more: (table: Table) => Table = (table) => table) {
  const { run } = await place.train(dataset, { epochs: 2, seed: 3, ...spec });
  const record = await place.models.get(run.modelId ?? '');
  const whole = await readTable(place.store, dataset);
  const table = more(
    chosenRows(
      whole,
      Uint32Array.from({ length: Math.min(mostRows, whole.rows) }, (_, row) => row),
    ),
  );
  const predictor = await openPredictor(place, record.id);
  const { forecaster } = predictor;
  // Of a forecast every row with a value is an origin, whose answers are the rows to come.
  const paths = forecaster && (await forecaster.paths(table));
  const own = paths ? { outputs: paths.outputs, classes: undefined } : await predictor.answer(table);
  predictor.dispose();
  const exported = await place.models.export(record.id, 'onnx');
  const { windows, target, derived } = record.pipeline;
  const extended = windows ? new WindowMemory(windows, target.column).extend(table) : table;
  const framed = paths
    ? chosenRows(
        extended,
        paths.origins.map((row) => row - paths.first),
      )
    : extended;
  const { values, labels } = await runOnnx(exported, record, withDerived(derived, framed));
  expect(values.length).toBe(own.outputs.length);
  own.outputs.forEach((value, index) => {
    const scale = own.classes ? 1 : Math.max(1, Math.abs(value));
    expect(Math.abs(values[index] - value) / scale, `answer ${index}: ${values[index]} for ${value}`).toBeLessThan(tolerance);
  });
  if (own.classes) expect(labels?.every((label) => own.classes?.includes(label))).toBe(true);
  return { exported, record, labels, own };
}

const presets = presetsFor({ pictures: false, task: 'classification' }).filter((preset) => preset !== 'auto');
const tables = [
  ['iris', 'species'],
  ['wine', 'class'],
  ['breast-cancer', 'diagnosis'],
  ['penguins', 'species'],
  ['penguins', 'body_mass_g'],
] as const;

test.each(tables.flatMap(([name, target]) => presets.map((preset) => ({ name, target, preset }))))(
  '$name by $target with the preset $preset',
  async ({ name, target, preset }) => {
    const { exported } = await sameAnswers(await place.builtin(name), { target, preset });
    expect(exported.files.map(({ path }) => path)).toEqual(['model.onnx']);
  },
);

test('digits, in 64 columns', async () => {
  await sameAnswers(await place.builtin('digits'), { target: 'label' });
});

test('Fashion-MNIST with the preset cnn takes pictures as bytes', async () => {
  const { exported, record } = await sameAnswers(await place.builtin('fashion-mnist'), { target: 'label', preset: 'cnn', epochs: 1 });
  expect(exported.inputs).toEqual([{ name: record.pipeline.steps[0].column, type: 'uint8', shape: [-1, 28, 28, 1] }]);
  expect(exported.outputs).toEqual([
    { name: 'label', type: 'string', shape: [-1, 1] },
    { name: 'probabilities', type: 'float', shape: [-1, 10] },
  ]);
});

test.each(presetsFor({ pictures: true, task: 'classification' }))('pictures in colour with the preset %s', async (preset) => {
  const dataset = await place.pictures(stripedFolder(24, 12, 3));
  const { labels, own } = await sameAnswers(dataset, { target: 'label', preset });
  expect(new Set(labels).size).toBe(own.classes?.length);
});

const everyLayer: LayerSpec[] = [
  { kind: 'conv2d', filters: 5, kernel: [3, 2], strides: [1, 2], padding: 'same', activation: 'relu' },
  { kind: 'conv2d', filters: 4, kernel: [3, 2], dilation: [1, 2], padding: [1, 0, 0, 2], activation: 'silu' },
  { kind: 'depthwiseConv2d', multiplier: 2, kernel: [2, 3], padding: 'same', activation: 'elu' },
  { kind: 'depthwiseConv2d', kernel: [2, 2], dilation: [2, 1], padding: 'same', activation: 'leakyRelu' },
  { kind: 'batchNormalization' },
  { kind: 'activation', activation: 'tanh' },
  { kind: 'maxPool2d', size: [2, 1], strides: [1, 1], padding: 'same' },
  { kind: 'maxPool2d', size: [2, 2], strides: [1, 1] },
  { kind: 'layerNormalization' },
  { kind: 'averagePool2d', size: [3, 3], strides: [2, 2], padding: 'same' },
  { kind: 'dropout', rate: 0.2 },
];
const flatLayers: LayerSpec[] = [
  { kind: 'dense', units: 6, activation: 'gelu' },
  { kind: 'batchNormalization' },
  { kind: 'layerNormalization', epsilon: 0.01 },
  { kind: 'dense', units: 5, activation: 'sigmoid' },
];

test.each([
  ['flatten', [...everyLayer, { kind: 'flatten' }, ...flatLayers]],
  ['globalAveragePool', [...everyLayer, { kind: 'globalAveragePool' }, ...flatLayers]],
] satisfies [string, LayerSpec[]][])('every kind of layer, ending in %s', async (_, layers) => {
  await sameAnswers(await place.pictures(stripedFolder(24, 11, 3)), { target: 'label', layers });
});

/** Every type of column, with missing values, values that training rows do not have, long tails and negative times. */
function everyColumn(): string {
  const texts = ['good value and kind people', 'Äußerst slow, never again', 'a slow start but good food', 'kind, quick & good', ''];
  const lines = Array.from({ length: 240 }, (_, row) => {
    const city = row % 17 === 3 ? '' : ['Bonn', 'Köln', 'São Paulo', '東京', 'a "b", c'][row % 5];
    const rare = row === 200 ? 'once' : ['x', 'y'][row % 2];
    const day = new Date(Date.UTC(1960 + (row % 90), row % 12, 1 + ((row * 7) % 28), row % 24)).toISOString();
    const cost = row % 11 === 4 ? '' : String((row % 3 === 0 ? -1 : 1) * 3 ** (row % 13));
    const rooms = row % 19 === 5 ? '' : String((row % 4) + 1);
    const score = (row % 5) * 3 + (row % 7) + (city === 'Bonn' ? 4 : 0);
    return [
      `"${city.replaceAll('"', '""')}"`,
      rare,
      row % 13 === 6 ? '' : day,
      cost,
      rooms,
      row % 3 === 0,
      `"${texts[row % 5]}"`,
      score,
    ].join(',');
  });
  return `city,rare,day,cost,rooms,open,text,score\n${lines.join('\n')}\n`;
}

const step = (column: string, as: ColumnStep) => ({ column, step: as });
const pipelines: Record<string, PipelineSpec> = {
  automatic: {},
  'the other steps': {
    columns: [
      step('city', { as: 'target' }),
      step('rare', { as: 'hashing', features: 7 }),
      step('day', { as: 'date' }),
      step('cost', { as: 'number', scale: 'robust', transform: 'signed-log', indicator: 'always' }),
      step('rooms', { as: 'one-hot', impute: 'most-frequent' }),
      step('open', { as: 'ordinal', order: ['false', 'true'] }),
      step('text', { as: 'hashed-words', features: 16 }),
    ],
  },
  'steps of numbers as categories': {
    columns: [
      step('city', { as: 'one-hot', most: 2 }),
      step('rare', { as: 'ordinal' }),
      step('day', { as: 'number', scale: 'min-max' }),
      step('cost', { as: 'target' }),
      step('rooms', { as: 'ordinal', order: ['1', '2', '3'] }),
      step('text', { as: 'leave-out' }),
    ],
  },
  'categories as learnt vectors': {
    columns: [
      step('city', { as: 'embedding' }),
      step('rare', { as: 'embedding', fewest: 1 }),
      step('rooms', { as: 'embedding' }),
      step('text', { as: 'leave-out' }),
    ],
  },
  'words in their order': {
    columns: [step('text', { as: 'tokens', fewest: 1, most: 7, length: 3 })],
  },
  'derived columns': {
    columns: [step('text', { as: 'leave-out' })],
    derive: [{ name: 'twice', expression: 'rooms * 2 + 1' }],
  },
};

test.each(Object.keys(pipelines).flatMap((name) => (['score', 'city'] as const).map((target) => ({ name, target }))))(
  'a table with every type of column by $target, with $name',
  async ({ name, target }) => {
    const pipeline = pipelines[name];
    const columns = pipeline.columns?.filter(({ column }) => column !== target);
    const dataset = await place.table(everyColumn());
    const { exported, record } = await sameAnswers(dataset, {
      target,
      preset: 'mlp',
      pipeline: { ...pipeline, ...(columns ? { columns } : {}) },
    });
    const words = record.pipeline.steps.filter(({ kind }) => kind === 'words' || kind === 'hashed-words');
    const told = exported.notes.join('\n');
    for (const { column, kind } of words) expect(told).toContain(`the step "${kind}": the input "${column}"`);
    const cut = record.pipeline.steps.some(({ kind }) => kind === 'tokens');
    const beside = words.length > 0 || cut || record.pipeline.derived.length > 0;
    expect(exported.files.map(({ path }) => path)).toEqual(beside ? ['model.onnx', 'preprocessing.json'] : ['model.onnx']);
  },
);

const textPresets = presetsFor({ pictures: false, texts: true, task: 'classification' }).filter(
  (preset) => columnWishes({ preset }).tokens,
);

test.each(textPresets.flatMap((preset) => (['score', 'city'] as const).map((target) => ({ preset, target }))))(
  'texts beside other columns by $target with the preset $preset: the vocabulary is in the file, the cutting into words is not',
  async ({ preset, target }) => {
    const dataset = await place.table(everyColumn());
    const pipeline = { columns: [step('text', { as: 'tokens' })] };
    const { exported, record } = await sameAnswers(dataset, { target, preset, pipeline });
    const fitted = record.pipeline.steps.find(({ kind }) => kind === 'tokens') as FittedTokens;
    expect(exported.inputs).toContainEqual({ name: 'text', type: 'string', shape: [-1, fitted.length] });
    expect(exported.notes.join('\n')).toContain(`the input "text" is its first ${fitted.length} words`);
    expect(exported.files.map(({ path }) => path)).toEqual(['model.onnx', 'preprocessing.json']);
    expect(JSON.parse(new TextDecoder().decode(exported.files[1].bytes)).steps).toEqual([fitted]);
  },
);

test('a time series takes the values of earlier rows as inputs', async () => {
  const rows = Array.from({ length: 120 }, (_, row) => `${new Date(Date.UTC(2020, 0, 1 + row)).toISOString()},${(row % 7) * 3 + row / 10}`);
  const dataset = await place.table(`day,sold\n${rows.join('\n')}\n`);
  const pipeline: PipelineSpec = { windows: { time: 'day', columns: ['sold'], length: 3, horizon: 1 } };
  const { exported } = await sameAnswers(dataset, { target: 'sold', preset: 'linear', pipeline });
  expect(exported.notes.join('\n')).toContain('Values of earlier rows are inputs of their own');
});

const seriesPresets = presetsFor({ pictures: false, series: true, task: 'forecast' }).filter((preset) => preset !== 'auto');
const sold = (row: number): string => ((row % 7) * 3 + row / 10 + ((row * 5) % 11) / 7).toFixed(3);
const soldDays = `day,shop,sold,open\n${Array.from({ length: 260 }, (_, row) => `${new Date(Date.UTC(2020, 0, 1 + (row >> 1))).toISOString()},${row % 2 ? 'a' : 'b'},${row % 37 === 5 ? '' : sold(row >> 1)},${row % 5 > 1 ? 'yes' : 'no'}`).join('\n')}\n`;

test.each(seriesPresets)('a forecast by the preset %s answers every row to come', async (preset) => {
  const dataset = await place.table(soldDays);
  const spec: TrainingSpec = { target: 'sold', task: 'forecast', preset, forecast: { group: 'shop', horizon: 9, lookback: 8, season: 7 } };
  const { exported, own } = await sameAnswers(dataset, spec);
  expect(own.outputs.length % 9).toBe(0);
  expect(exported.outputs).toEqual([{ name: 'prediction', type: 'double', shape: [-1, 9] }]);
  expect(exported.notes.join('\n')).toContain('9 rows to come');
});

test.each(['gru', 'temporal-cnn'] as const)('classes told from windows by the preset %s', async (preset) => {
  const dataset = await place.table(soldDays);
  const windows = { time: 'day', group: 'shop', columns: ['sold', 'open'], length: 6, horizon: 1 };
  await sameAnswers(dataset, { target: 'open', preset, pipeline: { windows } });
});

test('columns called as the answers are keep their names, and so are the answers told apart', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => `${row % 2 ? 'yes' : 'no'},${row},${(row * 7) % 5},${row % 3}`);
  const dataset = await place.table(`class,label,probabilities,0.weights\n${rows.join('\n')}\n`);
  const { exported } = await sameAnswers(dataset, { target: 'class', preset: 'linear' });
  expect(exported.inputs?.map(({ name }) => name)).toEqual(['label', 'probabilities', '0.weights']);
  expect(exported.outputs?.map(({ name }) => name)).toEqual(['label_2', 'probabilities_2']);
});
