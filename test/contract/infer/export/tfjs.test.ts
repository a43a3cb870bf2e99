/** A LayersModel as tfjs-layers itself loads and runs it: what it answers to transformed rows is what our network answers, to 1e-5. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { transformInputs } from '../../../../src/data/pipeline.js';
import { chosenRows } from '../../../../src/data/rows-of.js';
import { readTable } from '../../../../src/data/whole.js';
import { openPredictor } from '../../../../src/infer/predictor.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import type { LayerSpec } from '../../../../src/spec/layer.js';
import type { TrainingSpec } from '../../../../src/spec/training.js';
import { stripedFolder } from '../../stripes.js';
import { failureOf, workplace } from '../../train/workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

async function sameAnswers(dataset: DatasetRecord, spec: TrainingSpec): Promise<void> {
  const { run } = await place.train(dataset, { epochs: 2, seed: 5, ...spec });
  const record = await place.models.get(run.modelId ?? '');
  const whole = await readTable(place.store, dataset);
  const rows = Uint32Array.from({ length: Math.min(60, whole.rows) }, (_, row) => row);
  const table = chosenRows(whole, rows);
  const predictor = await openPredictor(place, record.id);
  const own = await predictor.answer(table).finally(() => predictor.dispose());
  const { files, inputs } = await place.models.export(record.id, 'tfjs');
  const text = (index: number): string => new TextDecoder().decode(files[index].bytes);
  const { modelTopology, weightsManifest, format } = JSON.parse(text(0));
  expect(format).toBe('layers-model');
  expect(weightsManifest[0].paths).toEqual([files[1].path]);
  const model = await loadLayersModel({
    load: async () => ({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: files[1].bytes.slice().buffer }),
  });
  const shape = [table.rows, ...(inputs?.[0].shape.slice(1) ?? [])];
  const given = tf.tensor(transformInputs(record.pipeline, table, rows), shape);
  const answered = await (model.predict(given) as tf.Tensor).data();
  const { target } = record.pipeline;
  const scaled = target.kind === 'value' ? Array.from(own.outputs, (value) => (value - target.mean) / target.deviation) : own.outputs;
  expect(answered.length).toBe(own.outputs.length);
  for (const [index, value] of answered.entries()) expect(Math.abs(value - scaled[index])).toBeLessThan(1e-5);
  model.dispose();
  given.dispose();
}

const convolutions: LayerSpec[] = [
  { kind: 'conv2d', filters: 5, kernel: [3, 2], strides: [1, 2], padding: 'same', activation: 'relu' },
  { kind: 'conv2d', filters: 4, kernel: [3, 2], dilation: [1, 2], padding: [1, 0, 0, 2], activation: 'silu' },
  { kind: 'depthwiseConv2d', multiplier: 2, kernel: [2, 3], padding: 'same', activation: 'elu' },
  { kind: 'depthwiseConv2d', kernel: [2, 2], padding: 'same', activation: 'leakyRelu' },
  { kind: 'batchNormalization' },
  { kind: 'activation', activation: 'tanh' },
  { kind: 'maxPool2d', size: [2, 1], strides: [1, 1], padding: 'same' },
  { kind: 'layerNormalization' },
  { kind: 'averagePool2d', size: [3, 3], strides: [2, 2], padding: 'same' },
  { kind: 'dropout', rate: 0.2 },
];
const dense: LayerSpec[] = [
  { kind: 'dense', units: 6, activation: 'gelu' },
  { kind: 'dense', units: 5, activation: 'sigmoid' },
];

test('penguins by species and by weight, linear and not', async () => {
  const penguins = await place.builtin('penguins');
  await sameAnswers(penguins, { target: 'species', preset: 'mlp' });
  await sameAnswers(penguins, { target: 'body_mass_g', preset: 'linear' });
});

test('the preset cnn', async () => {
  await sameAnswers(await place.pictures(stripedFolder(24, 12, 3)), { target: 'label', preset: 'cnn' });
});

test('the preset transfer: the extractor and what was trained behind it', async () => {
  await sameAnswers(await place.pictures(stripedFolder(12, 28)), { target: 'label', preset: 'transfer' });
  await sameAnswers(await place.pictures(stripedFolder(12, 56, 3)), { target: 'label', preset: 'transfer' });
});

test.each(['flatten', 'globalAveragePool'] as const)('every kind of layer, ending in %s', async (kind) => {
  await sameAnswers(await place.pictures(stripedFolder(24, 11, 3)), { target: 'label', layers: [...convolutions, { kind }, ...dense] });
});

test.each(['text-cnn', 'transformer'] as const)(
  '%s, which has branches and leaves padding out, is refused by the first layer that does',
  async (preset) => {
    const rows = Array.from({ length: 60 }, (_, row) => `${row % 2 ? 'good' : 'bad'} number ${row % 7},${row % 2 ? 'yes' : 'no'}`);
    const columns = [{ column: 'text', step: { as: 'tokens' as const } }];
    const { run } = await place.train(await place.table(`text,again\n${rows.join('\n')}\n`), {
      target: 'again',
      epochs: 1,
      preset,
      pipeline: { columns },
    });
    expect(await failureOf(place.models.export(run.modelId ?? '', 'tfjs'))).toMatchObject({
      code: 'layer-not-exportable',
      message: expect.stringMatching(/Pool"\).*leaves padding out|Attention"\).*leaves padding out/),
      advice: expect.stringContaining('safetensors'),
    });
  },
);

test.each<LayerSpec>([
  { kind: 'maxPool2d', size: [2, 2], padding: [1, 0, 0, 0] },
  { kind: 'conv2d', filters: 2, kernel: [2, 2], strides: [2, 2], dilation: [2, 2], activation: 'relu' },
])('$kind that Keras has no words for is refused by name', async (layer) => {
  const { run } = await place.train(await place.pictures(stripedFolder(8)), {
    target: 'label',
    epochs: 1,
    layers: [layer, { kind: 'flatten' }],
  });
  expect(await failureOf(place.models.export(run.modelId ?? '', 'tfjs'))).toMatchObject({
    name: 'InputError',
    code: 'layer-not-exportable',
    place: { layer: 1, kind: layer.kind },
  });
});
