import { expect, test } from 'vitest';
import { parameterCount } from '../../../src/compute/plan/parameters.js';
import type { LayerSpec } from '../../../src/spec/layer.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { residualRecipe } from '../../../src/train/presets/residual.js';
import { resnetRecipe } from '../../../src/train/presets/resnet.js';
import { transformerRecipe } from '../../../src/train/presets/transformer.js';
import { withDepth } from '../../../src/train/sweeps/depth.js';

const facts = { task: 'classification' as const, inputs: 6, outputs: 3, rows: 100, indices: [{ input: 2, vocabulary: 40 }] };
const residual = (): { model: ModelSpec; hidden: LayerSpec[] } => {
  const { model } = residualRecipe(facts);
  return { model, hidden: model.layers.slice(0, -1) };
};
const modelOf = (hidden: LayerSpec[]): ModelSpec => ({ ...residual().model, layers: [...hidden, ...residual().model.layers.slice(-1)] });

test.each([1, 2, 3, 5])('residual with %d blocks is a network, each block reading the one before', (depth) => {
  const layers = withDepth(residual().hidden, depth);
  const sums = layers.flatMap((layer) => (layer.kind === 'add' ? [layer] : []));
  expect(sums).toHaveLength(depth);
  for (const [at, { from }] of sums.entries()) expect(from[0]).toBe(at === 0 ? 'entry' : sums[at - 1].name);
  const [one, two] = [1, 2].map((each) => parameterCount(modelOf(withDepth(residual().hidden, each))));
  expect(parameterCount(modelOf(layers))).toBe(one + (depth - 1) * (two - one));
  expect(layers.slice(0, 5)).toEqual(residual().hidden.slice(0, 5));
});

test.each([1, 2, 3])('a transformer with %d blocks: attention and the dense layers behind it are repeated together', (depth) => {
  const text = { task: 'classification' as const, inputs: 9, outputs: 2, rows: 100, texts: [{ input: 0, length: 9, vocabulary: 40 }] };
  const { model } = transformerRecipe(text);
  const hidden = withDepth(model.layers.slice(0, -1), depth);
  const deeper: ModelSpec = { ...model, layers: [...hidden, ...model.layers.slice(-1)] };
  expect(hidden.filter(({ kind }) => kind === 'multiHeadAttention')).toHaveLength(depth);
  expect(hidden.filter(({ kind }) => kind === 'add')).toHaveLength(2 * depth);
  const count = (given: ModelSpec): number => parameterCount(given);
  const each = count({ ...model, layers: [...withDepth(model.layers.slice(0, -1), 2), ...model.layers.slice(-1)] }) - count(model);
  expect(count(deeper)).toBe(count(model) + (depth - 1) * each);
  const sums = hidden.flatMap((layer) => (layer.kind === 'add' ? [layer] : []));
  for (const [at, { from }] of sums.entries()) expect(from[0]).toBe(at === 0 ? 'text0.words' : sums[at - 1].name);
});

test('as many blocks as there are leave it as it was', () => {
  expect(withDepth(residual().hidden, 2)).toEqual(residual().hidden);
});

test('dense layers behind embeddings are repeated, and what is wired otherwise is refused', () => {
  const prelude: LayerSpec[] = [
    { kind: 'slice', from: 'input', first: 0, count: 1 },
    { kind: 'embedding', vocabulary: 9, dimension: 4 },
    { kind: 'flatten', name: 'category0' },
  ];
  const dense: LayerSpec = { kind: 'dense', units: 8, activation: 'relu' };
  expect(withDepth([...prelude, dense], 3)).toEqual([...prelude, dense, dense, dense]);
  expect(() => withDepth([dense, { ...dense, name: 'a' }], 2)).toThrow(expect.objectContaining({ code: 'sweep-layers' }));
  const pictures = resnetRecipe({ task: 'classification', inputs: 768, shape: [16, 16, 3], outputs: 3, rows: 100 });
  expect(withDepth(pictures.model.layers.slice(0, -1), 2)).toEqual(pictures.model.layers.slice(0, -1));
});
