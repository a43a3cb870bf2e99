/** Every layer by its definition, in plain double-precision JavaScript, sharing nothing with any engine. */
import type { LayerSpec, Padding } from '../../../src/spec/model.js';
import { activate } from './reference.js';

interface Given {
  /** [rows][numbers], those of a picture in the order height, width, channels. */
  values: number[][];
  shape: readonly number[];
  weights: ArrayLike<number>;
  /** Of the layer's first weight. */
  offset: number;
  mask?: ArrayLike<number> | undefined;
  training: boolean;
}

type Result = Pick<Given, 'values' | 'offset'> & { shape: number[] };

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

export function applyLayer(layer: LayerSpec, given: Given): Result {
  const { values, weights, offset, mask, training } = given;
  const shape = [...given.shape];
  const channels = shape[shape.length - 1];
  const unchanged = { values, shape, offset };
  switch (layer.kind) {
    case 'dense': {
      const bias = offset + channels * layer.units;
      const unit = (row: number[], index: number): number =>
        activate[layer.activation](
          sum(row.map((value, input) => value * weights[offset + input * layer.units + index])) + weights[bias + index],
        );
      return {
        values: values.map((row) => range(layer.units).map((index) => unit(row, index))),
        shape: [layer.units],
        offset: bias + layer.units,
      };
    }
    case 'dropout':
      return { ...unchanged, values: mask ? values.map((row, y) => row.map((value, x) => value * mask[y * row.length + x])) : values };
    case 'activation':
      return { ...unchanged, values: values.map((row) => row.map(activate[layer.activation])) };
    case 'flatten':
      return { ...unchanged, shape: [values[0].length] };
    case 'embedding': {
      const look = (index: number): number[] => range(layer.dimension).map((place) => weights[offset + index * layer.dimension + place]);
      return {
        values: values.map((row) => row.flatMap(look)),
        shape: [shape[0], layer.dimension],
        offset: offset + layer.vocabulary * layer.dimension,
      };
    }
    case 'globalAveragePool': {
      const places = values[0].length / channels;
      const mean = (row: number[], channel: number): number => sum(range(places).map((place) => row[place * channels + channel])) / places;
      return { ...unchanged, values: values.map((row) => range(channels).map((channel) => mean(row, channel))), shape: [channels] };
    }
    case 'batchNormalization': {
      const { epsilon = 1e-3 } = layer;
      const moments = range(channels).map((channel) => {
        if (!training) return [weights[offset + 2 * channels + channel], weights[offset + 3 * channels + channel]];
        return momentsOf(values.flatMap((row) => row.filter((_, index) => index % channels === channel)));
      });
      return {
        values: values.map((row) => row.map((value, index) => affine(value, moments[index % channels], epsilon, index % channels))),
        shape,
        offset: offset + 4 * channels,
      };
    }
    case 'layerNormalization': {
      const { epsilon = 1e-3 } = layer;
      const normal = (row: number[]): number[] =>
        row.map((value, index) => {
          const start = index - (index % channels);
          return affine(value, momentsOf(row.slice(start, start + channels)), epsilon, index % channels);
        });
      return { values: values.map(normal), shape, offset: offset + 2 * channels };
    }
    case 'maxPool2d':
    case 'averagePool2d': {
      const strides = layer.strides ?? layer.size;
      const { output, cells } = windows(shape, layer.size, strides, [1, 1], layer.padding ?? 'valid');
      const pooled = (row: number[], y: number, x: number, channel: number): number => {
        const seen = cells(y, x).map(({ place }) => row[place * channels + channel]);
        return layer.kind === 'maxPool2d' ? Math.max(...seen) : sum(seen) / seen.length;
      };
      const all = (row: number[]): number[] =>
        range(output[0]).flatMap((y) => range(output[1]).flatMap((x) => range(channels).map((channel) => pooled(row, y, x, channel))));
      return { ...unchanged, values: values.map(all), shape: [...output, channels] };
    }
    case 'conv2d':
    case 'depthwiseConv2d': {
      const depthwise = layer.kind === 'depthwiseConv2d';
      const multiplier = depthwise ? (layer.multiplier ?? 1) : 1;
      const filters = depthwise ? channels * multiplier : layer.filters;
      const taps = layer.kernel[0] * layer.kernel[1];
      const { output, cells } = windows(shape, layer.kernel, layer.strides ?? [1, 1], layer.dilation ?? [1, 1], layer.padding ?? 'valid');
      const bias = offset + taps * (depthwise ? filters : channels * filters);
      const unit = (row: number[], y: number, x: number, filter: number): number => {
        const products = cells(y, x).flatMap(({ place, tap }) =>
          depthwise
            ? [row[place * channels + Math.floor(filter / multiplier)] * weights[offset + tap * filters + filter]]
            : range(channels).map(
                (channel) => row[place * channels + channel] * weights[offset + (tap * channels + channel) * filters + filter],
              ),
        );
        return activate[layer.activation](sum(products) + weights[bias + filter]);
      };
      const all = (row: number[]): number[] =>
        range(output[0]).flatMap((y) => range(output[1]).flatMap((x) => range(filters).map((filter) => unit(row, y, x, filter))));
      return { values: values.map(all), shape: [...output, filters], offset: bias + filters };
    }
  }

  /** Scale and shift are the layer's first weights. */
  function affine(value: number, [mean, variance]: number[], epsilon: number, channel: number): number {
    return ((value - mean) / Math.sqrt(variance + epsilon)) * weights[offset + channel] + weights[offset + channels + channel];
  }
}

function momentsOf(values: number[]): number[] {
  const mean = sum(values) / values.length;
  return [mean, sum(values.map((value) => (value - mean) ** 2)) / values.length];
}

/** Where a window stands, and which cells of the picture its taps see there. */
function windows(shape: readonly number[], kernel: number[], strides: number[], dilation: number[], padding: Padding) {
  const axes = [0, 1].map((axis) => {
    const reach = (kernel[axis] - 1) * dilation[axis] + 1;
    if (padding === 'valid') return { before: 0, count: Math.floor((shape[axis] - reach) / strides[axis]) + 1 };
    if (padding !== 'same') {
      return { before: padding[axis], count: Math.floor((shape[axis] + padding[axis] + padding[axis + 2] - reach) / strides[axis]) + 1 };
    }
    const count = Math.ceil(shape[axis] / strides[axis]);
    return { before: Math.floor(Math.max(0, (count - 1) * strides[axis] + reach - shape[axis]) / 2), count };
  });
  const cells = (y: number, x: number): { place: number; tap: number }[] =>
    range(kernel[0] * kernel[1]).flatMap((tap) => {
      const row = y * strides[0] - axes[0].before + Math.floor(tap / kernel[1]) * dilation[0];
      const column = x * strides[1] - axes[1].before + (tap % kernel[1]) * dilation[1];
      return row >= 0 && row < shape[0] && column >= 0 && column < shape[1] ? [{ place: row * shape[1] + column, tap }] : [];
    });
  return { output: [axes[0].count, axes[1].count], cells };
}
