import { expect, test } from 'vitest';
import { shapesOf } from '../../../src/compute/plan/graph.js';
import { recipesFor } from '../../../src/train/presets/auto.js';

const indices = [
  { input: 1, vocabulary: 41 },
  { input: 2, vocabulary: 5001 },
];
const facts = { task: 'classification', inputs: 5, outputs: 3, rows: 1000, indices } as const;

test.each(['residual', 'mlp'] as const)('%s looks up a vector for each category, beside the other inputs as they are', (preset) => {
  const { model } = recipesFor({ target: 'y', preset }, facts).main;
  // The first is that of the input.
  const shapes = shapesOf(model);
  const looked = model.layers.filter((layer) => layer.kind === 'embedding');
  // min(50, (categories + 1) / 2)
  expect(looked.map(({ vocabulary, dimension }) => [vocabulary, dimension])).toEqual([
    [41, 20],
    [5001, 50],
  ]);
  expect(shapes[model.layers.findIndex(({ kind }) => kind === 'concatenate') + 1]).toEqual([1 + 20 + 50 + 2]);
  expect(shapes.at(-1)).toEqual([3]);
});

test('the linear model stays linear: its vectors are as wide as the outputs', () => {
  const { linear } = recipesFor({ target: 'y', preset: 'residual' }, facts);
  expect(linear?.model.layers.flatMap((layer) => (layer.kind === 'embedding' ? [layer.dimension] : []))).toEqual([3, 3]);
  expect(linear?.model.layers.some(({ kind }) => kind === 'activation')).toBe(false);
});

test('a single category and nothing else', () => {
  const alone = { ...facts, inputs: 1, indices: [{ input: 0, vocabulary: 3 }] };
  expect(shapesOf(recipesFor({ target: 'y', preset: 'residual' }, alone).main.model).at(-1)).toEqual([3]);
});

test("layers of one's own are given the vectors, unless they look some up themselves", () => {
  const dense = { kind: 'dense', units: 4, activation: 'relu' } as const;
  const kinds = (layers: readonly unknown[]): string[] =>
    recipesFor({ target: 'y', layers: layers as never }, facts).main.model.layers.map(({ kind }) => kind);
  expect(kinds([dense]).filter((kind) => kind === 'embedding')).toHaveLength(2);
  const own = [{ kind: 'slice', first: 1, count: 1 }, { kind: 'embedding', vocabulary: 41, dimension: 2 }, { kind: 'flatten' }];
  expect(kinds(own)).toEqual(['slice', 'embedding', 'flatten', 'dense']);
});

const texts = [{ input: 1, length: 4, vocabulary: 30 }] as const;

test.each([
  ['linear', 1],
  ['mlp', 15],
  ['residual', 15],
] as const)('%s knows a text as the mean of its words, in %i numbers each, beside the inputs around it', (preset, dimension) => {
  const given = { task: 'regression', inputs: 7, outputs: 1, rows: 1000, texts } as const;
  const { model } = recipesFor({ target: 'y', preset }, given).main;
  const shapes = shapesOf(model);
  const at = (kind: string): number => model.layers.findIndex((layer) => layer.kind === kind);
  expect(model.layers[at('embedding')]).toMatchObject({ vocabulary: 30, dimension });
  expect(model.layers[at('globalAveragePool')]).toMatchObject({ mask: 'text1.counts' });
  expect(model.layers[at('concatenate')]).toMatchObject({ from: ['inputs0', 'text1', 'inputs5'] });
  expect(shapes[at('concatenate') + 1]).toEqual([1 + dimension + 2]);
});

test('categories and texts are looked up in the order of the inputs', () => {
  const both = { ...facts, inputs: 9, texts: [{ input: 5, length: 3, vocabulary: 30 }] };
  const { layers } = recipesFor({ target: 'y', preset: 'mlp' }, both).main.model;
  expect(layers.find(({ kind }) => kind === 'concatenate')).toMatchObject({
    from: ['inputs0', 'category1', 'category2', 'inputs3', 'text5', 'inputs8'],
  });
});
