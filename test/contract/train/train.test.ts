import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { readTable } from '../../../src/data/whole.js';
import { RunRecord } from '../../../src/spec/run.js';
import { ModelRecord } from '../../../src/spec/trained.js';
import { validate } from '../../../src/spec/validate.js';
import { workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

test('iris from stored rows to a saved model that answers', async () => {
  const iris = await place.builtin('iris');
  const { run, events } = await place.train(iris, { target: 'species' });

  expect(events.flatMap((event) => (event.kind === 'stage' ? [event.stage] : []))).toEqual([
    'reading',
    'preparing',
    'choosing-device',
    'baseline',
    'linear',
    'training',
    'testing',
    'saving',
  ]);
  expect(run).toMatchObject({ status: 'finished', task: 'classification', seed: 0, rows: { training: 97, validation: 23, test: 30 } });
  expect(run.scores?.test).toMatchObject({ accuracy: expect.closeTo(0.95, 1) });
  expect(run.baseline?.test).toMatchObject({ accuracy: expect.closeTo(1 / 3, 6), rocAuc: 0.5 });
  expect(run.confusion?.counts.flat().reduce((sum, count) => sum + count)).toBe(30);
  expect(validate(RunRecord, run, 'run')).toEqual(await place.trainer.run(run.id));
  const { seconds: _, ...deterministic } = run;
  expect(JSON.parse(JSON.stringify(deterministic))).toEqual(deterministic);

  const [model] = await place.models.list();
  expect(validate(ModelRecord, model, 'model')).toEqual(model);
  expect(model).toMatchObject({
    id: run.modelId,
    target: 'species',
    lineage: { run: run.id, dataset: { hash: iris.hash }, seed: 0, device: 'wasm', versions: { benchwright: expect.any(String) } },
  });
  // Fisher's first flower, and one of the last species.
  const answers = await place.models.predict(model.id, [
    { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
    { sepal_length: 6.3, sepal_width: 3.3, petal_length: 6, petal_width: 2.5 },
  ]);
  expect(answers.map(({ prediction }) => prediction)).toEqual(['setosa', 'virginica']);
  expect(answers[0].probabilities?.map(({ value }) => value)).toEqual(['setosa', 'versicolor', 'virginica']);
});

test('the curve has every epoch, and the saved weights are those of its best', async () => {
  const { run, events } = await place.train(await place.builtin('penguins'), { target: 'species', preset: 'mlp', epochs: 12, patience: 0 });
  const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []));
  expect(epochs.map(({ point }) => point)).toEqual(run.curve);
  expect(run.curve.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  const smallest = Math.min(...run.curve.map(({ validationLoss }) => validationLoss));
  expect(run.curve[run.bestEpoch - 1].validationLoss).toBe(smallest);
  expect(epochs.findLast(({ best }) => best)?.point.epoch).toBe(run.bestEpoch);
  expect(run.scores?.validation).toMatchObject({ accuracy: run.curve[run.bestEpoch - 1].validationScore });
  expect(run.curve[11].trainingLoss).toBeLessThan(run.curve[0].trainingLoss / 2);
});

test('patience ends a training that gets no better', async () => {
  const { run } = await place.train(await place.builtin('penguins'), {
    target: 'island',
    preset: 'mlp',
    epochs: 300,
    patience: 3,
    learningRate: 0.03,
  });
  expect(run.curve.length).toBe(run.bestEpoch + 3);
  expect(run.status).toBe('finished');
});

test.each(['wasm', 'cpu'] as const)(
  'the same seed gives the same curve and weights to the last digit on %s; another seed does not',
  async (device) => {
    const iris = await place.builtin('iris');
    const spec = { target: 'species', preset: 'mlp', device, epochs: 4 } as const;
    const once = (await place.train(iris, { ...spec, seed: 1 })).run;
    const again = (await place.train(iris, { ...spec, seed: 1 })).run;
    const other = (await place.train(iris, { ...spec, seed: 2 })).run;
    expect(again.curve).toEqual(once.curve);
    expect(again.scores).toEqual(once.scores);
    expect(other.curve).not.toEqual(once.curve);
    const weights = async (id = ''): Promise<unknown> => (await place.models.get(id)).weights;
    expect(await weights(again.modelId)).toEqual(await weights(once.modelId));
    expect(once.device.device).toBe(device);
  },
);

test('auto keeps the model with the smaller validation loss and says which', async () => {
  // A target that is linear in its inputs, but for noise; the learning rate asked for is the network's and takes it nowhere.
  const noise = await Promise.all(
    Array.from({ length: 60 }, async (_, row) => parseInt((await sha256(`row ${row}`)).slice(0, 8), 16) / 2 ** 32),
  );
  const rows = noise.map((value, row) => `${row % 7},${(row * 5) % 11},${(3 * (row % 7) - 2 * ((row * 5) % 11) + value).toFixed(4)}`);
  const linear = await place.train(await place.table(`a,b,y\n${rows.join('\n')}\n`), {
    target: 'y',
    task: 'regression',
    learningRate: 1e-6,
  });
  expect(linear.run).toMatchObject({
    preset: 'linear',
    model: { layers: [{ kind: 'dense', units: 1, activation: 'linear' }] },
  });
  expect(linear.run.linear).toEqual(linear.run.scores);

  // Classes by the sign of a product: no line divides them.
  const signs = Array.from({ length: 200 }, (_, row) => [((row * 37) % 100) / 50 - 0.99, ((row * 61) % 100) / 50 - 0.99]);
  const checkerboard = signs.map(([a, b]) => `${a.toFixed(2)},${b.toFixed(2)},${a * b > 0 ? 'same' : 'other'}`).join('\n');
  const curved = await place.train(await place.table(`a,b,class\n${checkerboard}\n`), { target: 'class' });
  expect(curved.run.preset).toBe('mlp');
  expect(curved.run.scores?.test).toMatchObject({ accuracy: expect.toSatisfy((accuracy: number) => accuracy > 0.9) });
  expect(curved.run.linear?.test).not.toEqual(curved.run.scores?.test);
});

test('regression is judged in the unit of its column, beside the mean and a line', async () => {
  const penguins = await place.builtin('penguins');
  const { run } = await place.train(penguins, { target: 'body_mass_g' });
  expect(run).toMatchObject({ status: 'finished', task: 'regression', rows: { training: 223, validation: 51, test: 68 } });
  expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'rows-without-target', place: { column: 'body_mass_g', rows: 2 } }));
  const { scores, baseline } = run;
  expect(scores?.test).toMatchObject({ r2: expect.toSatisfy((r2: number) => r2 > 0.8) });
  // Grams: the deviation of all penguins' masses is 802 (Horst et al.).
  expect(baseline?.test).toMatchObject({ rmse: expect.toSatisfy((rmse: number) => rmse > 600 && rmse < 1000) });
  expect(run.confusion).toBeUndefined();
  const table = await readTable(place.store, penguins);
  const [{ prediction, probabilities }] = await place.models.predict(run.modelId ?? '', [
    { species: 'Gentoo', island: 'Biscoe', bill_length_mm: 50, bill_depth_mm: 16, flipper_length_mm: 230, sex: 'male' },
  ]);
  expect(table.names).toContain('body_mass_g');
  expect(prediction).toBeGreaterThan(5000);
  expect(prediction).toBeLessThan(6500);
  expect(probabilities).toBeUndefined();
});
