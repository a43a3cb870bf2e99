/** What is on offer, case by case: every layer in its variants, every loss, every optimizer. docs/devices.md lists them. */
import type { OptimizerSpec } from '../../../src/compute/engine.js';
import type { LayerSpec } from '../../../src/spec/layer.js';
import type { Loss, ModelSpec } from '../../../src/spec/model.js';
import type { OptimizerName } from '../../../src/spec/optimisation.js';

export interface LayerCase {
  /** The layer's kind. */
  item: LayerSpec['kind'];
  variant: string;
  model: ModelSpec;
}

/** A picture, the layer in the midst of others, and a few outputs. */
function among(layer: LayerSpec, before: LayerSpec[] = [], shape = [6, 5, 2]): ModelSpec {
  const flat = layer.kind === 'globalAveragePool';
  return {
    inputs: shape.reduce((product, extent) => product * extent, 1),
    shape,
    layers: [...before, layer, ...(flat ? [] : [{ kind: 'flatten' as const }]), { kind: 'dense', units: 3, activation: 'linear' }],
    loss: 'softmaxCrossEntropy',
  };
}

const convolution: LayerSpec = { kind: 'conv2d', filters: 3, kernel: [2, 2], activation: 'tanh' };

export const layerCases: LayerCase[] = [
  {
    item: 'conv2d',
    variant: '3 × 3, same, relu',
    model: among({ kind: 'conv2d', filters: 9, kernel: [3, 3], padding: 'same', activation: 'relu' }, [convolution]),
  },
  {
    item: 'conv2d',
    variant: 'valid, gelu',
    model: among({ kind: 'conv2d', filters: 4, kernel: [2, 3], activation: 'gelu' }, [convolution]),
  },
  {
    item: 'conv2d',
    variant: 'strides 2 × 3, same',
    model: among({ kind: 'conv2d', filters: 5, kernel: [3, 2], strides: [2, 3], padding: 'same', activation: 'sigmoid' }, [convolution]),
  },
  {
    item: 'conv2d',
    variant: 'dilation 2 × 1, padding 1 0 2 1',
    model: among({ kind: 'conv2d', filters: 2, kernel: [2, 3], dilation: [2, 1], padding: [1, 0, 2, 1], activation: 'linear' }, [
      convolution,
    ]),
  },
  {
    item: 'conv2d',
    variant: 'dilation 1 × 2, strides 2',
    model: among(
      { kind: 'conv2d', filters: 1, kernel: [1, 2], dilation: [1, 2], strides: [2, 2], activation: 'elu' },
      [convolution],
      [7, 8, 3],
    ),
  },
  {
    item: 'conv2d',
    variant: '17 filters of 5 × 5 over 1 channel',
    model: among({ kind: 'conv2d', filters: 17, kernel: [5, 5], activation: 'relu' }, [], [6, 9, 1]),
  },
  {
    item: 'depthwiseConv2d',
    variant: '3 × 3, same',
    model: among({ kind: 'depthwiseConv2d', kernel: [3, 3], padding: 'same', activation: 'relu' }, [convolution]),
  },
  {
    item: 'depthwiseConv2d',
    variant: 'multiplier 2, strides 2',
    model: among({ kind: 'depthwiseConv2d', multiplier: 2, kernel: [2, 2], strides: [2, 2], activation: 'tanh' }, [convolution]),
  },
  {
    item: 'depthwiseConv2d',
    variant: '5 channels, dilation 2',
    model: among({ kind: 'depthwiseConv2d', kernel: [2, 2], dilation: [2, 2], padding: [0, 1, 1, 0], activation: 'silu' }, [
      { ...convolution, filters: 5 },
    ]),
  },
  { item: 'maxPool2d', variant: '2 × 2', model: among({ kind: 'maxPool2d', size: [2, 2] }, [convolution]) },
  {
    item: 'maxPool2d',
    variant: 'over a relu',
    model: among({ kind: 'maxPool2d', size: [2, 2] }, [{ ...convolution, filters: 5, activation: 'relu' }]),
  },
  {
    item: 'maxPool2d',
    variant: 'overlapping, same',
    model: among({ kind: 'maxPool2d', size: [3, 2], strides: [1, 1], padding: 'same' }, [{ ...convolution, filters: 6 }]),
  },
  { item: 'averagePool2d', variant: '2 × 2', model: among({ kind: 'averagePool2d', size: [2, 2] }, [convolution]) },
  {
    item: 'averagePool2d',
    variant: 'overlapping, same',
    model: among({ kind: 'averagePool2d', size: [3, 3], strides: [2, 2], padding: 'same' }, [{ ...convolution, filters: 5 }]),
  },
  { item: 'globalAveragePool', variant: '3 channels', model: among({ kind: 'globalAveragePool' }, [convolution]) },
  { item: 'batchNormalization', variant: '3 channels', model: among({ kind: 'batchNormalization' }, [convolution]) },
  {
    item: 'batchNormalization',
    variant: 'first, 5 channels, momentum 0.5',
    model: among({ kind: 'batchNormalization', momentum: 0.5, epsilon: 0.01 }, [], [2, 3, 5]),
  },
  { item: 'layerNormalization', variant: '3 channels', model: among({ kind: 'layerNormalization' }, [convolution]) },
  {
    item: 'layerNormalization',
    variant: 'of a flat example of 7',
    model: {
      inputs: 7,
      layers: [
        { kind: 'layerNormalization', epsilon: 0.1 },
        { kind: 'dense', units: 3, activation: 'linear' },
      ],
      loss: 'meanSquaredError',
    },
  },
  {
    item: 'embedding',
    variant: 'looked up twice',
    model: {
      inputs: 4,
      layers: [
        { kind: 'embedding', vocabulary: 5, dimension: 3 },
        { kind: 'globalAveragePool' },
        { kind: 'dense', units: 2, activation: 'linear' },
      ],
      loss: 'softmaxCrossEntropy',
    },
  },
  { item: 'activation', variant: 'silu by itself', model: among({ kind: 'activation', activation: 'silu' }, [convolution]) },
  { item: 'activation', variant: 'relu by itself', model: among({ kind: 'activation', activation: 'relu' }, [convolution]) },
  { item: 'dropout', variant: 'of pictures', model: among({ kind: 'dropout', rate: 0.4 }, [convolution]) },
  { item: 'flatten', variant: 'of a picture', model: among(convolution) },
  {
    item: 'dense',
    variant: '5 to 3',
    model: {
      inputs: 5,
      layers: [
        { kind: 'dense', units: 4, activation: 'tanh' },
        { kind: 'dense', units: 3, activation: 'linear' },
      ],
      loss: 'softmaxCrossEntropy',
    },
  },
];

export const lossCases: { item: Loss; variant: string; delta?: number; smoothing?: number }[] = [
  { item: 'softmaxCrossEntropy', variant: 'as it is' },
  { item: 'softmaxCrossEntropy', variant: 'smoothed', smoothing: 0.2 },
  { item: 'sigmoidCrossEntropy', variant: 'of three labels' },
  { item: 'sigmoidCrossEntropy', variant: 'of three labels, smoothed', smoothing: 0.1 },
  { item: 'meanSquaredError', variant: 'as it is' },
  { item: 'meanAbsoluteError', variant: 'as it is' },
  { item: 'huber', variant: 'delta 1' },
  { item: 'huber', variant: 'delta 0.3', delta: 0.3 },
];

const decay = { weightDecay: 0.1, l2: 0.2 };
const coupled = { weightDecay: 0, l2: 0.2 };
export const optimizerCases: { item: OptimizerName; variant: string; optimizer: OptimizerSpec }[] = [
  { item: 'adam', variant: 'with L2', optimizer: { kind: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-3, ...coupled } },
  {
    item: 'adam',
    variant: 'clipped by norm, then L2',
    optimizer: { kind: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-3, ...coupled, clip: { norm: 0.1 } },
  },
  { item: 'adamw', variant: 'with decay and L2', optimizer: { kind: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-3, ...decay } },
  { item: 'sgd', variant: 'with momentum, decay and L2', optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, ...decay } },
  { item: 'sgd', variant: 'Nesterov', optimizer: { kind: 'sgd', momentum: 0.8, nesterov: true, weightDecay: 0 } },
  {
    item: 'sgd',
    variant: 'plain, clipped by value',
    optimizer: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, clip: { value: 0.05 } },
  },
  {
    item: 'sgd',
    variant: 'clipped by value and norm',
    optimizer: { kind: 'sgd', momentum: 0.5, nesterov: false, ...decay, clip: { value: 0.1, norm: 0.2 } },
  },
  {
    item: 'sgd',
    variant: 'within what clipping lets through',
    optimizer: { kind: 'sgd', momentum: 0.5, nesterov: false, ...decay, clip: { value: 1e3, norm: 1e3 } },
  },
  { item: 'rmsprop', variant: 'with decay and L2', optimizer: { kind: 'rmsprop', decay: 0.9, epsilon: 1e-3, ...decay } },
];
