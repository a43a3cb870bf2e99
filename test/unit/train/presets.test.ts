import { expect, test } from 'vitest';
import { shapesOf } from '../../../src/compute/plan/graph.js';
import { presetsFor } from '../../../src/spec/preset.js';
import { optimizerFor } from '../../../src/train/optimizers.js';
import { recipesFor } from '../../../src/train/presets/auto.js';

const facts = { task: 'regression', inputs: 4, outputs: 1, rows: 150 } as const;

test('whichever model wins, it keeps to the epochs that were asked for', () => {
  const { main, linear } = recipesFor({ target: 'y', epochs: 5 }, facts);
  expect([main.epochs, linear?.epochs]).toEqual([5, 5]);
  const longer = recipesFor({ target: 'y', epochs: 10_000 }, facts);
  expect(longer.main.epochs).toBe(10_000);
  expect(longer.linear?.epochs).toBe(recipesFor({ target: 'y' }, facts).linear?.epochs);
});

test('a linear model that only stands beside is trained to its end', () => {
  const free = recipesFor({ target: 'y', preset: 'mlp' }, facts).linear?.epochs;
  expect(recipesFor({ target: 'y', preset: 'mlp', epochs: 5 }, facts).linear?.epochs).toBe(free);
});

const pictured = (height: number, width: number, channels: number, rows: number) =>
  ({ task: 'classification', inputs: height * width * channels, shape: [height, width, channels], outputs: 10, rows }) as const;

test.each([
  [28, 28, 1, 10_800, 2],
  [64, 64, 3, 200, 4],
  [8, 8, 1, 100, 1],
  [5, 90, 1, 100, 0],
  [1, 1, 4, 100, 0],
])('cnn for pictures of %i × %i × %i: halved while there is something to halve', (height, width, channels, rows, halvings) => {
  const { main, compete } = recipesFor({ target: 'y' }, pictured(height, width, channels, rows));
  expect([main.preset, compete]).toEqual(['cnn', true]);
  expect(main.model.layers.filter(({ kind }) => kind === 'maxPool2d')).toHaveLength(halvings);
  expect(main.model.layers.filter(({ kind }) => kind === 'conv2d')).toHaveLength(Math.max(1, halvings));
  expect(shapesOf(main.model).at(-1)).toEqual([10]);
  expect(main.epochs).toBeGreaterThanOrEqual(8);
  expect(main.epochs).toBeLessThanOrEqual(60);
  expect(main.batchSize).toBe(rows < 2000 ? 16 : 64);
});

test("pictures are flattened for other presets and before the first dense layer of one's own", () => {
  const facts = pictured(8, 8, 1, 100);
  expect(recipesFor({ target: 'y', preset: 'mlp' }, facts).main.model.layers[0]).toEqual({ kind: 'flatten' });
  expect(recipesFor({ target: 'y' }, facts).linear?.model.layers.map(({ kind }) => kind)).toEqual(['flatten', 'dense']);
  const pooled = [{ kind: 'conv2d', filters: 2, kernel: [3, 3], activation: 'relu' }, { kind: 'globalAveragePool' }] as const;
  const kindsOf = (layers: readonly unknown[]): string[] =>
    recipesFor({ target: 'y', layers: layers as never }, facts).main.model.layers.map(({ kind }) => kind);
  expect(kindsOf(pooled)).toEqual(['conv2d', 'globalAveragePool', 'dense']);
  expect(kindsOf([pooled[0], { kind: 'dense', units: 3, activation: 'relu' }])).toEqual(['conv2d', 'flatten', 'dense', 'dense']);
});

test.each(['cnn', 'resnet'] as const)('the preset %s is for pictures', (preset) => {
  const refusal = {
    code: 'preset-needs-pictures',
    message: expect.stringContaining(`"${preset}"`),
    advice: expect.stringContaining('residual'),
  };
  expect(() => recipesFor({ target: 'y', preset }, facts)).toThrow(expect.objectContaining(refusal));
  expect(presetsFor({ pictures: false })).not.toContain(preset);
  expect(presetsFor({ pictures: true })).toContain(preset);
});

test('the preset residual is for columns', () => {
  const refusal = { code: 'preset-needs-columns', place: { field: 'preset' } };
  expect(() => recipesFor({ target: 'y', preset: 'residual' }, pictured(8, 8, 1, 100))).toThrow(expect.objectContaining(refusal));
  expect(presetsFor({ pictures: true })).not.toContain('residual');
});

test.each([
  [500, 64],
  [20_000, 128],
  [200_000, 192],
])('residual for %i rows: blocks that add to %i numbers, and nothing but sums from the first layer to the last', (rows, width) => {
  const { main, linear, compete } = recipesFor({ target: 'y', preset: 'residual' }, { ...facts, rows });
  expect([main.preset, linear?.preset, compete]).toEqual(['residual', 'linear', false]);
  const { layers } = main.model;
  const shapes = shapesOf(main.model);
  const sums = layers.flatMap((layer, index) => (layer.kind === 'add' ? [{ layer, index }] : []));
  expect(sums.map(({ index }) => shapes[index + 1])).toEqual([[width], [width]]);
  expect(sums.map(({ layer }) => layer.from[0])).toEqual(['entry', sums[0].layer.name]);
  // Pre-activation: what a block reads is normalised first, and what it adds has been through no activation.
  expect(
    layers.slice(sums[0].index + 1, sums[1].index).map((layer) => [layer.kind, 'activation' in layer ? layer.activation : '']),
  ).toEqual([
    ['batchNormalization', ''],
    ['dense', 'relu'],
    ['dropout', ''],
    ['dense', 'linear'],
    ['dropout', ''],
  ]);
  expect(shapes.at(-1)).toEqual([1]);
});

test.each([
  [28, 28, 1, 3, [4, 4, 64]],
  [32, 32, 3, 3, [4, 4, 64]],
  [96, 128, 3, 3, [3, 4, 64]],
  [8, 8, 1, 2, [4, 4, 32]],
  [5, 90, 1, 1, [5, 90, 16]],
  [1, 1, 4, 1, [1, 1, 16]],
])('resnet for pictures of %i × %i × %i: %i stages, that end with %j', (height, width, channels, stages, last) => {
  const { main } = recipesFor({ target: 'y', preset: 'resnet' }, pictured(height, width, channels, 500));
  const { layers } = main.model;
  const shapes = shapesOf(main.model);
  expect(main.preset).toBe('resnet');
  expect(layers.filter(({ kind }) => kind === 'add')).toHaveLength(stages);
  expect(layers.at(-2)).toEqual({ kind: 'globalAveragePool' });
  expect(shapes.at(-3)).toEqual(last);
  expect(shapes.at(-1)).toEqual([10]);
});

test('the optimizer and l2 that were asked for reach the network', () => {
  const { main, linear } = recipesFor({ target: 'y', preset: 'mlp', optimizer: 'sgd', l2: 0.5, weightDecay: 0.25 }, facts);
  expect(main).toMatchObject({ optimizer: 'sgd', l2: 0.5 });
  expect(linear?.optimizer).toBeUndefined();
  expect(optimizerFor('sgd', { weightDecay: 0.25, l2: 0.5 })).toEqual({
    kind: 'sgd',
    momentum: 0.9,
    nesterov: false,
    weightDecay: 0.25,
    l2: 0.5,
  });
});

test('settings of an optimizer, the schedule, clipping, smoothing and the loss that were asked for reach the recipe', () => {
  const wishes = {
    optimizer: { kind: 'sgd', momentum: 0.5, nesterov: true },
    schedule: { kind: 'plateau', patience: 3 },
    clip: { norm: 1 },
    labelSmoothing: 0.1,
  } as const;
  const { main } = recipesFor({ target: 'y', preset: 'mlp', ...wishes }, { ...facts, task: 'classification' });
  expect(main).toMatchObject(wishes);
  expect(optimizerFor(wishes.optimizer, { weightDecay: 0, clip: wishes.clip })).toMatchObject({ ...wishes.optimizer, clip: { norm: 1 } });
  expect(optimizerFor('adamw', { weightDecay: 0.1 })).toEqual(optimizerFor('adam', { weightDecay: 0.1 }));
});

test('what competes is judged by one loss; a loss for values is refused for classes, and smoothing for values', () => {
  const classes = { ...facts, task: 'classification' } as const;
  const { main, linear } = recipesFor({ target: 'y', loss: 'huber' }, facts);
  expect([main.model.loss, linear?.model.loss]).toEqual(['huber', 'huber']);
  expect(() => recipesFor({ target: 'y', loss: 'huber' }, classes)).toThrow(expect.objectContaining({ code: 'loss-needs-values' }));
  expect(() => recipesFor({ target: 'y', labelSmoothing: 0.1 }, facts)).toThrow(
    expect.objectContaining({ code: 'label-smoothing-needs-classes' }),
  );
});

test('where most inputs are words, one narrow layer is enough', () => {
  const unitsOf = (words: number) =>
    recipesFor({ target: 'y', preset: 'mlp' }, { ...facts, inputs: 4000, words }).main.model.layers.flatMap((layer) =>
      layer.kind === 'dense' ? [layer.units] : [],
    );
  expect(unitsOf(4000)).toEqual([32, 1]);
  expect(unitsOf(1000)).toEqual([128, 64, 1]);
});

const reviews = { ...facts, task: 'classification', inputs: 21, outputs: 2, texts: [{ input: 1, length: 20, vocabulary: 500 }] } as const;

test.each(['text-cnn', 'transformer'] as const)('the preset %s is for tables with texts, and for no forecast', (preset) => {
  expect(recipesFor({ target: 'y', preset }, reviews).main.preset).toBe(preset);
  const refused = (given: Parameters<typeof recipesFor>[1]) => () => recipesFor({ target: 'y', preset }, given);
  expect(refused(facts)).toThrow(expect.objectContaining({ code: 'preset-needs-texts', message: expect.stringContaining(preset) }));
  expect(refused(pictured(8, 8, 1, 100))).toThrow(expect.objectContaining({ code: 'preset-needs-columns' }));
  expect(refused({ ...reviews, task: 'forecast' })).toThrow(expect.objectContaining({ code: 'preset-misfit' }));
  expect(refused({ ...reviews, task: 'anomaly' })).toThrow(expect.objectContaining({ code: 'preset-misfit' }));
  expect(presetsFor({ pictures: false, texts: true, task: 'classification' })).toContain(preset);
  expect(presetsFor({ pictures: false, texts: false })).not.toContain(preset);
  expect(presetsFor({ pictures: true, texts: true })).not.toContain(preset);
});

test('a series is not read by numbers of words', () => {
  const series = { ...reviews, task: 'forecast', inputs: 33, sequence: { length: 4, channels: 3 } } as const;
  expect(() => recipesFor({ target: 'y', preset: 'gru' }, series)).toThrow(
    expect.objectContaining({ code: 'preset-needs-windows', advice: expect.stringContaining('"tokens"') }),
  );
});
