import { expect, it } from 'vitest';
import { multiplyAdds } from '../../../src/compute/plan/work.js';
import type { ModelSpec } from '../../../src/spec/model.js';

it('counts the products of an example, not the parameters', () => {
  const model: ModelSpec = {
    inputs: 28 * 28,
    shape: [28, 28, 1],
    layers: [
      { kind: 'conv2d', filters: 8, kernel: [5, 5], activation: 'relu' },
      { kind: 'maxPool2d', size: [2, 2] },
      { kind: 'depthwiseConv2d', multiplier: 2, kernel: [3, 3], padding: 'same', activation: 'relu' },
      { kind: 'flatten' },
      { kind: 'dense', units: 10, activation: 'linear' },
    ],
    loss: 'softmaxCrossEntropy',
  };
  const convolution = 24 * 24 * 8 * 25;
  const maximum = 12 * 12 * 8 * 4;
  const depthwise = 12 * 12 * 16 * 9;
  const dense = 12 * 12 * 16 * 10;
  expect(multiplyAdds(model)).toBe(convolution + maximum + depthwise + dense);
});

it('counts a layer without products once for every number', () => {
  const layers: ModelSpec['layers'] = [
    { kind: 'embedding', vocabulary: 100, dimension: 3 },
    { kind: 'layerNormalization' },
    { kind: 'flatten' },
  ];
  expect(multiplyAdds({ inputs: 4, layers, loss: 'meanSquaredError' })).toBe(12 + 12);
});
