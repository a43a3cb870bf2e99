/** A network of another program as extractor: one network with the head afterwards, which predicts and is exported as any other; and what cannot be one is refused by name. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { readTable } from '../../../src/data/whole.js';
import { openPredictor } from '../../../src/infer/predictor.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { runOnnx } from '../infer/export/onnx-run.js';
import { Foreign, ints, smallClassifier } from '../infer/import/foreign.js';
import { stripedFolder } from '../stripes.js';
import { failureOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const wish: TrainingSpec = { target: 'label', preset: 'transfer', epochs: 3, seed: 1 };

test('it is named by the hash of its file, learnt behind, kept in the saved model, and exported with it', async () => {
  const file = smallClassifier();
  const hash = await sha256(file);
  const { id } = await place.models.import(file);
  const dataset = await place.pictures(stripedFolder(12, 8, 3));
  const extractor = { model: hash, mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.25, 0.3] };
  const { run } = await place.train(dataset, { ...wish, extractor });
  const record = await place.models.get(run.modelId ?? '');
  expect(record.lineage.extractor).toMatchObject({ hash });
  expect(run.extractor).toEqual(record.lineage.extractor);
  expect(record.pipeline.steps[0]).toMatchObject({ mean: extractor.mean, deviation: extractor.deviation });
  // What the last layer of the classifier reads, and no more of it.
  expect(run.model.inputs).toBe(8);
  const table = await readTable(place.store, dataset);
  const predictor = await openPredictor(place, record.id);
  const own = await predictor.answer(table).finally(() => predictor.dispose());
  const { values } = await runOnnx(await place.models.export(record.id, 'onnx'), record, table);
  expect(values.length).toBe(own.outputs.length);
  for (const [index, value] of values.entries()) expect(Math.abs(value - own.outputs[index])).toBeLessThan(1e-5);
  // By its id, at a layer, with pixels as they are: other features.
  const earlier = (await place.train(dataset, { ...wish, extractor: { model: id, output: 2 } })).run;
  expect(earlier.model.inputs).toBe(4 * 4 * 6);
});

test('pictures of another size and in grey come to it too', async () => {
  const { id } = await place.models.import(smallClassifier());
  const { run } = await place.train(await place.pictures(stripedFolder(8, 16)), { ...wish, epochs: 1, extractor: { model: id } });
  expect(run.model.inputs).toBe(8);
});

test('what cannot be an extractor is refused, naming what is in the way', async () => {
  const dataset = await place.pictures(stripedFolder(4, 8, 3));
  const refused = async (file: Uint8Array, more: TrainingSpec['extractor'] = {}) => {
    const { id } = await place.models.import(file);
    return failureOf(place.train(dataset, { ...wish, extractor: { model: id, ...more } }));
  };
  const odd = new Foreign([3, 8, 8]);
  const cut = odd.node('Flatten', [odd.node('Softplus', [odd.input])]);
  expect(await refused(odd.finish(cut))).toMatchObject({
    code: 'network-not-convertible',
    place: { field: 'extractor.model', kind: 'Softplus' },
  });
  const flat = new Foreign([12]);
  expect(await refused(flat.finish(flat.node('Gemm', [flat.input, flat.weights(12, 2)])))).toMatchObject({
    code: 'extractor-not-pictures',
  });
  const windows = new Foreign([3, 32, 32]);
  const kernel = ints(12, 12);
  const most = windows.node('Relu', [windows.node('MaxPool', [windows.input], { kernel_shape: kernel })]);
  const large = windows.node('Flatten', [windows.node('GlobalAveragePool', [most])]);
  expect(await refused(windows.finish(large))).toMatchObject({
    code: 'extractor-size',
    message: expect.stringMatching(/32 × 32; these have 8 × 8/),
  });
  expect(await refused(smallClassifier(), { mean: [0.5] })).toMatchObject({
    code: 'extractor-channels',
    place: { field: 'extractor.mean' },
  });
  expect(await failureOf(place.train(dataset, { ...wish, extractor: { mean: [0, 0, 0] } }))).toMatchObject({
    code: 'extractor-normalised',
  });
});
