import { expect, test } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { SweepSpec } from '../../../src/spec/sweep.js';
import { validate } from '../../../src/spec/validate.js';
import { recipesFor } from '../../../src/train/presets/auto.js';
import { preparationOf } from '../../../src/train/sweeps/preparations.js';
import { checkValues, trialSpec } from '../../../src/train/sweeps/trial-spec.js';
import { trialValues } from '../../../src/train/sweeps/values.js';

const sweep = (value: object): SweepSpec => validate(SweepSpec, value, 'sweep-spec');
const rate = { field: 'learningRate', kind: 'logUniform', from: 1e-4, to: 0.1 };
const decay = { field: 'weightDecay', kind: 'uniform', from: 0, to: 1 };
const units = { field: 'hiddenUnits', kind: 'choice', values: [16, 32, 64] };

function failure(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('It succeeded.');
}

test('a grid is every combination, its last field fastest; ranges by their points', () => {
  const values = trialValues(sweep({ method: 'grid', fields: [{ ...rate, points: 4 }, units] }), 0);
  expect(values).toHaveLength(12);
  expect(values.slice(0, 4)).toEqual([
    { learningRate: 0.0001, hiddenUnits: 16 },
    { learningRate: 0.0001, hiddenUnits: 32 },
    { learningRate: 0.0001, hiddenUnits: 64 },
    { learningRate: 0.001, hiddenUnits: 16 },
  ]);
  expect(values.at(-1)).toEqual({ learningRate: 0.1, hiddenUnits: 64 });
});

test('draws follow their distributions: by the Kolmogorov-Smirnov distance to them', () => {
  const values = trialValues(sweep({ method: 'random', trials: 1000, fields: [rate, decay] }), 3);
  const distance = (shares: number[]): number => {
    const sorted = shares.sort((one, other) => one - other);
    return Math.max(...sorted.map((share, index) => Math.max(Math.abs(share - index / 1000), Math.abs(share - (index + 1) / 1000))));
  };
  // 1.63 / √n: a true sample is further away in 1 of 100.
  expect(distance(values.map(({ learningRate }) => Math.log10(Number(learningRate) / 1e-4) / 3))).toBeLessThan(0.0515);
  expect(distance(values.map(({ weightDecay }) => Number(weightDecay)))).toBeLessThan(0.0515);
});

test('the same seed gives the same trials; more trials or another field leave the others as they are', () => {
  const few = trialValues(sweep({ method: 'random', trials: 5, fields: [rate, decay] }), 7);
  const many = trialValues(sweep({ method: 'random', trials: 50, fields: [decay, rate] }), 7);
  expect(many.slice(0, 5)).toEqual(few);
  expect(
    trialValues(sweep({ method: 'random', trials: 5, fields: [rate, decay, units] }), 7).map(({ hiddenUnits: _, ...rest }) => rest),
  ).toEqual(few);
  expect(trialValues(sweep({ method: 'random', trials: 5, fields: [rate, decay] }), 8)).not.toEqual(few);
});

test('no combination is drawn twice, and there are as many as there are', () => {
  const values = trialValues(
    sweep({ method: 'random', trials: 100, fields: [units, { field: 'dropout', kind: 'choice', values: [0, 0.5] }] }),
    1,
  );
  expect(values).toHaveLength(6);
  expect(new Set(values.map((each) => JSON.stringify(each))).size).toBe(6);
  const whole = trialValues(
    sweep({ method: 'random', trials: 40, fields: [{ field: 'batchSize', kind: 'logUniform', from: 8, to: 64 }] }),
    1,
  );
  for (const { batchSize } of whole) expect(Number.isInteger(batchSize)).toBe(true);
});

test.each([
  ['twice', { method: 'random', trials: 2, fields: [rate, rate] }, 'sweep-field-twice', 'fields.1'],
  ['a value twice', { method: 'random', trials: 2, fields: [{ ...units, values: [8, 8] }] }, 'sweep-value-twice', 'fields.0'],
  ['an empty range', { method: 'random', trials: 2, fields: [{ ...decay, to: 0 }] }, 'sweep-range', 'fields.0'],
  ['a grid over a range', { method: 'grid', fields: [rate] }, 'sweep-points', 'fields.0'],
  [
    'epochs with halving',
    { method: 'successiveHalving', trials: 9, fields: [{ ...units, field: 'epochs' }] },
    'sweep-field-epochs',
    'fields.0',
  ],
  [
    'too large',
    { method: 'grid', fields: [rate, decay, { ...decay, field: 'l2' }].map((field) => ({ ...field, points: 11 })) },
    'sweep-too-large',
    'fields',
  ],
])('refuses %s by its place', (_, value, code, field) => {
  const error = failure(() => trialValues(sweep(value), 0));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code, place: { field } });
});

test.each([
  [{ method: 'random', trials: 0, fields: [rate] }, 'trials', 'at least 1'],
  [{ method: 'bayes', fields: [rate] }, 'method', '"grid" or "random"'],
  [{ method: 'grid', fields: [{ ...rate, field: 'seed' }] }, 'fields.0.field', '"learningRate"'],
  [{ method: 'grid', fields: [{ ...rate, to: -1 }] }, 'fields.0.to', 'above 0'],
  [{ method: 'grid', fields: [{ ...rate, values: [1] }] }, 'fields.0', 'did not expect "values"'],
  [{ method: 'grid', fields: [rate], trails: 3 }, '', 'did not expect "trails"'],
])('says what is wrong in %j', (value, field, words) => {
  expect(failure(() => sweep(value))).toMatchObject({
    code: 'invalid-sweep-spec',
    message: expect.stringContaining(words),
    place: { field },
  });
});

test.each([
  [{ ...rate, to: 50 }, 'fields.0.to', 'at most 10'],
  [{ ...units, values: [16, 0] }, 'fields.0.values.1', 'whole number from 1'],
  [{ field: 'preset', kind: 'choice', values: ['mlp', 'tree'] }, 'fields.0.values.1', '"mlp"'],
  [{ field: 'dropout', kind: 'choice', values: [0.99] }, 'fields.0.values.0', 'at most 0.95'],
  [{ field: 'batchSize', kind: 'choice', values: [2.5] }, 'fields.0.values.0', 'whole number'],
])('a value that no training takes is told by its place: %j', (field, place, words) => {
  expect(failure(() => checkValues(sweep({ method: 'grid', fields: [field] })))).toMatchObject({
    code: 'invalid-sweep-spec',
    message: expect.stringContaining(words),
    place: { field: place },
  });
});

const facts = { task: 'classification' as const, inputs: 4, outputs: 3, rows: 100 };

test('values change the fields, and the layers of the preset with its settings kept', () => {
  const base = { target: 'species', seed: 4, preset: 'mlp' as const };
  expect(trialSpec(base, { learningRate: 0.01, clipNorm: 2 }, facts)).toEqual({ ...base, learningRate: 0.01, clip: { norm: 2 } });
  const changed = trialSpec(base, { hiddenUnits: 20, hiddenLayers: 3, dropout: 0.4, activation: 'relu', learningRate: 0.02 }, facts);
  const block = [
    { kind: 'dense', units: 20, activation: 'relu' },
    { kind: 'dropout', rate: 0.4 },
  ];
  expect(changed).toEqual({
    target: 'species',
    seed: 4,
    layers: [...block, ...block, ...block],
    epochs: 300,
    batchSize: 32,
    learningRate: 0.02,
    weightDecay: 0.5,
    patience: 100,
    schedule: 'cosine',
  });
  expect(trialSpec({ ...base, preset: 'linear' }, { dropout: 0.4 }, facts)).toEqual({ ...base, preset: 'linear' });
  const wired = { ...base, layers: [{ kind: 'dense' as const, name: 'a', units: 4, activation: 'relu' as const }] };
  expect(failure(() => trialSpec(wired, { hiddenLayers: 2 }, facts))).toMatchObject({ code: 'sweep-layers' });
});

test.each(['text-cnn', 'transformer'] as const)('a trial of %s keeps what prepares its texts, though its layers are its own', (preset) => {
  const facts = { task: 'classification' as const, inputs: 9, outputs: 2, rows: 100, texts: [{ input: 0, length: 9, vocabulary: 40 }] };
  const asked = { target: 'kind', preset, seed: 1 } as const;
  const changed = trialSpec(asked, { dropout: 0.4 }, facts);
  expect(changed.preset).toBe(preset);
  expect(changed.layers?.flatMap((layer) => (layer.kind === 'dropout' ? [layer.rate] : []))).toContain(0.4);
  expect(recipesFor(changed, facts).main.model.layers.filter(({ kind }) => kind === 'embedding')).toHaveLength(1);
  // Whoever prepares rows anew for each way of preparing them knows that these are another one.
  expect(preparationOf(changed)).toBe(preparationOf(asked));
  expect(preparationOf(asked)).not.toBe(preparationOf({ ...asked, preset: 'mlp' }));
});
