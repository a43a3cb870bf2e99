/** Out as a file and in again: the model that comes back answers to the last bit as the one that went. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTable } from '../../../../src/data/whole.js';
import type { ModelFormat } from '../../../../src/infer/export/exported.js';
import { zipped } from '../../../../src/infer/export/zip.js';
import { openPredictor } from '../../../../src/infer/predictor.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import type { LayerSpec } from '../../../../src/spec/layer.js';
import type { TrainingSpec } from '../../../../src/spec/training.js';
import { stripedFolder } from '../../stripes.js';
import { workplace } from '../../train/workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

async function answers(id: string, dataset: DatasetRecord): Promise<ArrayLike<number>> {
  const predictor = await openPredictor(place, id);
  const { outputs } = await predictor.answer(await readTable(place.store, dataset)).finally(() => predictor.dispose());
  return outputs;
}

async function comesBack(dataset: DatasetRecord, spec: TrainingSpec, format: ModelFormat) {
  const { run } = await place.train(dataset, { epochs: 2, ...spec });
  const record = await place.models.get(run.modelId ?? '');
  const { files } = await place.models.export(record.id, format);
  const given = files.map(({ path, bytes }) => new File([bytes as Uint8Array<ArrayBuffer>], path));
  const zip = new Blob([zipped(files).bytes as Uint8Array<ArrayBuffer>]);
  for (const way of format === 'tfjs' ? [given, [...given].reverse(), zip] : [given[0]]) {
    const returned = await place.models.import(way);
    expect(returned.id).not.toBe(record.id);
    expect({ ...returned, id: record.id }).toEqual(record);
    expect(await answers(returned.id, dataset)).toEqual(await answers(record.id, dataset));
  }
}

const layers: LayerSpec[] = [
  { kind: 'conv2d', filters: 3, kernel: [3, 2], padding: 'same', activation: 'relu' },
  { kind: 'depthwiseConv2d', multiplier: 2, kernel: [2, 3], activation: 'elu' },
  { kind: 'batchNormalization' },
  { kind: 'flatten' },
  { kind: 'dense', units: 4, activation: 'gelu' },
];

for (const format of ['safetensors', 'onnx', 'tfjs'] as const) {
  test(`classes and values of penguins, as ${format}`, async () => {
    const penguins = await place.builtin('penguins');
    await comesBack(penguins, { target: 'species' }, format);
    await comesBack(penguins, { target: 'body_mass_g', preset: 'mlp' }, format);
  });

  test(`convolutions, whose weights other libraries order otherwise, as ${format}`, async () => {
    await comesBack(await place.pictures(stripedFolder(12, 9, 3)), { target: 'label', layers }, format);
  });

  test(`what was trained behind an extractor, which is one network with it, as ${format}`, async () => {
    await comesBack(await place.pictures(stripedFolder(12, 56, 3)), { target: 'label', preset: 'transfer' }, format);
  });
}

for (const format of ['safetensors', 'onnx'] as const) {
  test(`texts that are read word by word, as ${format}`, async () => {
    const words = ['kind people', 'slow and cold', 'good food', 'never again'];
    const rows = Array.from({ length: 80 }, (_, row) => `${words[row % 4]} ${words[(row * 3) % 4]},${row % 9},${row % 2 ? 'yes' : 'no'}`);
    const dataset = await place.table(`text,stars,again\n${rows.join('\n')}\n`);
    const types = [{ type: 'category' as const, step: { as: 'tokens' as const } }];
    for (const preset of ['text-cnn', 'transformer'] as const)
      await comesBack(dataset, { target: 'again', preset, pipeline: { types } }, format);
  });
}

test('words and derived columns come back by ONNX too, which cannot say them', async () => {
  const words = ['kind people', 'slow and cold', 'good food', 'never again'];
  const rows = Array.from({ length: 80 }, (_, row) => `${words[row % 4]} ${words[(row * 3) % 4]},${row % 9},${row % 2 ? 'yes' : 'no'}`);
  const dataset = await place.table(`text,stars,again\n${rows.join('\n')}\n`);
  const pipeline = { derive: [{ name: 'more', expression: 'stars * 2' }] };
  await comesBack(dataset, { target: 'again', preset: 'mlp', pipeline }, 'onnx');
});

test('of TensorFlow.js the weights have to come along, and a zip of something else is no model', async () => {
  const { run } = await place.train(await place.builtin('penguins'), { target: 'species', epochs: 1 });
  const { files } = await place.models.export(run.modelId ?? '', 'tfjs');
  const [json] = files.map(({ path, bytes }) => new File([bytes as Uint8Array<ArrayBuffer>], path));
  await expect(place.models.import(json)).rejects.toMatchObject({
    code: 'model-damaged',
    message: expect.stringContaining('"weights.bin"'),
  });
  const other = zipped([{ path: 'notes.txt', bytes: new Uint8Array(40) }]);
  await expect(place.models.import(other.bytes)).rejects.toMatchObject({ code: 'not-a-model' });
  await expect(place.models.import(other.bytes.subarray(0, 60))).rejects.toMatchObject({ code: 'model-damaged' });
  expect(await place.models.list()).toHaveLength(1);
});
