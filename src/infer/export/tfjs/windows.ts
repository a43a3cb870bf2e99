/** Convolutions and pooling in Keras, which pads as TensorFlow does: cells of one's own choice are a layer before. */
import { windowOf } from '../../../compute/plan/shapes.js';
import type { LayerOf, Padding } from '../../../spec/layer.js';
import { type KerasLayer, type KerasLayers, withActivation } from './layer.js';

export const conv2d: KerasLayers<'conv2d'> = (layer) => convolved(layer, 'Conv2D', { filters: layer.filters }, 'kernel');

export const depthwiseConv2d: KerasLayers<'depthwiseConv2d'> = (layer) =>
  convolved(layer, 'DepthwiseConv2D', { depth_multiplier: layer.multiplier ?? 1 }, 'depthwise_kernel');

export const maxPool2d: KerasLayers<'maxPool2d'> = (layer, inputShape) => {
  // Cells of zeros are no padding of a maximum.
  const { top, left, bottom, right } = windowOf(layer, inputShape).padding;
  const isOwn = Array.isArray(layer.padding) && top + left + bottom + right > 0;
  return isOwn ? undefined : [pooled('MaxPooling2D', layer)];
};

export const averagePool2d: KerasLayers<'averagePool2d'> = (layer, inputShape) =>
  maxPool2d({ ...layer, kind: 'maxPool2d' }, inputShape) && [pooled('AveragePooling2D', layer)];

const pooled = (className: string, { size, strides = size, padding }: LayerOf<'maxPool2d' | 'averagePool2d'>): KerasLayer => ({
  className,
  config: { pool_size: size, strides, padding: named(padding), data_format: 'channels_last' },
});

const named = (padding: Padding | undefined): string => (padding === 'same' ? 'same' : 'valid');

function convolved(
  { kernel, strides = [1, 1], dilation = [1, 1], padding, activation }: LayerOf<'conv2d' | 'depthwiseConv2d'>,
  className: string,
  more: Readonly<Record<string, unknown>>,
  kernelName: string,
): KerasLayer[] | undefined {
  const isStrided = strides.some((stride) => stride > 1);
  const isDilated = dilation.some((step) => step > 1);
  if ((isStrided && isDilated) || (className === 'DepthwiseConv2D' && strides[0] !== strides[1])) return undefined;
  const config = {
    kernel_size: kernel,
    strides,
    dilation_rate: dilation,
    padding: named(padding),
    data_format: 'channels_last',
    use_bias: true,
    ...more,
  };
  const weights = [['weights', kernelName] as const, ['bias', 'bias'] as const];
  return [...padded(padding), ...withActivation({ className, config, weights }, activation)];
}

function padded(padding: Padding | undefined): KerasLayer[] {
  if (!Array.isArray(padding)) return [];
  const [top, left, bottom, right] = padding;
  const config = {
    padding: [
      [top, bottom],
      [left, right],
    ],
    data_format: 'channels_last',
  };
  return [{ className: 'ZeroPadding2D', config }];
}
