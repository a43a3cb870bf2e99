import { expect, it } from 'vitest';
import { largestTensor } from '../../../src/compute/tfjs/largest-tensor.js';
import type { ModelSpec } from '../../../src/spec/model.js';

const convolution = (dilation: [number, number]): ModelSpec => ({
  inputs: 10 * 10 * 2,
  shape: [10, 10, 2],
  layers: [
    { kind: 'conv2d', filters: 4, kernel: [3, 3], padding: 'same', dilation, activation: 'relu' },
    { kind: 'globalAveragePool' },
    { kind: 'dense', units: 3, activation: 'linear' },
  ],
  loss: 'softmaxCrossEntropy',
});

it('is the widest buffer of the batch', () => {
  expect(largestTensor(convolution([1, 1]), 8)).toBe(8 * 10 * 10 * 4);
});

it('counts the cells that a dilated convolution copies', () => {
  expect(largestTensor(convolution([2, 1]), 8)).toBe(8 * 10 * 10 * 9 * 2);
});

it('is the weights where they are more', () => {
  const wide: ModelSpec = { inputs: 500, layers: [{ kind: 'dense', units: 300, activation: 'linear' }], loss: 'meanSquaredError' };
  expect(largestTensor(wide, 2)).toBe(500 * 300 + 300);
});
