/** Every kind of layer that a LayersModel of tfjs has words for. To add one: its line here, and its function beside it. */
import type { LayerSpec } from '../../../spec/layer.js';
import { activationLayers, type KerasLayers, withActivation } from './layer.js';
import { averagePool2d, conv2d, depthwiseConv2d, maxPool2d } from './windows.js';

/** As the plan's lowering has them, where a layer does not say. */
const defaults = { epsilon: 1e-3, momentum: 0.9 };

const weightsAndBias = [['weights', 'kernel'] as const, ['bias', 'bias'] as const];
const affine = [['scale', 'gamma'] as const, ['shift', 'beta'] as const];

type Table = { readonly [Kind in LayerSpec['kind']]?: KerasLayers<Kind> };

const table: Table = {
  activation: ({ activation }) => activationLayers(activation),
  averagePool2d,
  batchNormalization: ({ epsilon = defaults.epsilon, momentum = defaults.momentum }) => [
    {
      className: 'BatchNormalization',
      config: { axis: -1, epsilon, momentum, center: true, scale: true },
      weights: [...affine, ['mean', 'moving_mean'], ['variance', 'moving_variance']],
    },
  ],
  conv1d: ({ filters, kernel, stride = 1, dilation = 1, padding = 'valid', activation }) => {
    // tfjs-layers has no causal convolution with a bias.
    if ((stride > 1 && dilation > 1) || padding === 'causal') return undefined;
    const config = { filters, kernel_size: [kernel], strides: [stride], dilation_rate: [dilation], padding, use_bias: true };
    return withActivation({ className: 'Conv1D', config, weights: weightsAndBias }, activation);
  },
  conv2d,
  dense: ({ units, activation }) => {
    return withActivation({ className: 'Dense', config: { units, use_bias: true }, weights: weightsAndBias }, activation);
  },
  depthwiseConv2d,
  dropout: ({ rate }) => [{ className: 'Dropout', config: { rate } }],
  embedding: ({ vocabulary, dimension }, [length, ...more]) =>
    more.length > 0
      ? undefined
      : [
          {
            className: 'Embedding',
            config: { input_dim: vocabulary, output_dim: dimension, input_length: length },
            weights: [['weights', 'embeddings']],
          },
        ],
  flatten: (_, inputShape) => (inputShape.length === 1 ? [] : [{ className: 'Flatten', config: {} }]),
  globalAveragePool: (_, inputShape) => [
    { className: inputShape.length === 3 ? 'GlobalAveragePooling2D' : 'GlobalAveragePooling1D', config: {} },
  ],
  layerNormalization: ({ epsilon = defaults.epsilon }) => [
    { className: 'LayerNormalization', config: { axis: -1, epsilon, center: true, scale: true }, weights: affine },
  ],
  maxPool2d,
  reshape: ({ shape }) => [{ className: 'Reshape', config: { target_shape: shape } }],
};

export const kerasLayers = <Kind extends LayerSpec['kind']>(kind: Kind): KerasLayers<Kind> | undefined =>
  Object.hasOwn(table, kind) ? (table[kind] as unknown as KerasLayers<Kind>) : undefined;
