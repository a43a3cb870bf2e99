/** Every layer by its definition, in plain double-precision JavaScript, sharing nothing with any engine. */
import type { LayerSpec, Padding } from '../../../src/spec/layer.js';
import { activate } from './reference.js';

interface Given {
  /** [rows][numbers], those of a picture in the order height, width, channels. */
  values: number[][];
  shape: readonly number[];
  weights: ArrayLike<number>;
  /** Of the layer's first weight. */
  offset: number;
  /** Factors of dropout. */
  dropped?: ArrayLike<number> | undefined;
  /** What else the layer reads. */
  others: { values: number[][]; shape: readonly number[] }[];
  /** [rows][places] */
  mask?: number[][] | undefined;
  training: boolean;
}

type Result = Pick<Given, 'values' | 'offset'> & { shape: number[] };

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

export function applyLayer(layer: LayerSpec, given: Given): Result {
  const { values, weights, offset, dropped, training } = given;
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
      const each = (row: number[]): number[] =>
        placesOf(row, channels).flatMap((place) => range(layer.units).map((index) => unit(place, index)));
      return { values: values.map(each), shape: [...shape.slice(0, -1), layer.units], offset: bias + layer.units };
    }
    case 'dropout':
      return {
        ...unchanged,
        values: dropped ? values.map((row, y) => row.map((value, x) => value * dropped[y * row.length + x])) : values,
      };
    case 'activation':
      return { ...unchanged, values: values.map((row) => row.map(activate[layer.activation])) };
    case 'flatten':
      return { ...unchanged, shape: [values[0].length] };
    case 'reshape':
      return { ...unchanged, shape: layer.shape };
    case 'embedding': {
      const look = (index: number): number[] => range(layer.dimension).map((place) => weights[offset + index * layer.dimension + place]);
      return {
        values: values.map((row) => row.flatMap(look)),
        shape: [shape[0], layer.dimension],
        offset: offset + layer.vocabulary * layer.dimension,
      };
    }
    case 'globalAveragePool': {
      const mean = (places: number[][], channel: number): number => sum(places.map((place) => place[channel])) / Math.max(1, places.length);
      return { ...unchanged, values: counted(given).map((row) => range(channels).map((channel) => mean(row, channel))), shape: [channels] };
    }
    case 'globalMaxPool': {
      const most = (places: number[][], channel: number): number =>
        places.length === 0 ? 0 : Math.max(...places.map((place) => place[channel]));
      return { ...unchanged, values: counted(given).map((row) => range(channels).map((channel) => most(row, channel))), shape: [channels] };
    }
    case 'maxPool1d':
    case 'averagePool1d': {
      const { size, stride = size, padding } = layer;
      const kind = layer.kind === 'maxPool1d' ? 'maxPool2d' : 'averagePool2d';
      const flat = applyLayer({ kind, size: [1, size], strides: [1, stride], padding }, { ...given, shape: [1, ...shape] });
      return { ...flat, shape: flat.shape.slice(1) };
    }
    case 'conv1d': {
      const { filters, kernel, stride = 1, dilation = 1, padding = 'valid' } = layer;
      const reach = (kernel - 1) * dilation;
      const lengths = {
        valid: Math.floor((shape[0] - reach - 1) / stride) + 1,
        same: Math.ceil(shape[0] / stride),
        causal: Math.floor((shape[0] - 1) / stride) + 1,
      };
      const missing = Math.max(0, (lengths.same - 1) * stride + reach + 1 - shape[0]);
      const before = { valid: 0, same: Math.floor(missing / 2), causal: reach }[padding];
      const bias = offset + kernel * channels * filters;
      const unit = (row: number[], place: number, filter: number): number => {
        let total = weights[bias + filter];
        for (let tap = 0; tap < kernel; tap++) {
          const at = place * stride - before + tap * dilation;
          if (at < 0 || at >= shape[0]) continue;
          for (let channel = 0; channel < channels; channel++) {
            total += row[at * channels + channel] * weights[offset + (tap * channels + channel) * filters + filter];
          }
        }
        return activate[layer.activation](total);
      };
      const all = (row: number[]): number[] =>
        range(lengths[padding]).flatMap((place) => range(filters).map((filter) => unit(row, place, filter)));
      return { values: values.map(all), shape: [lengths[padding], filters], offset: bias + filters };
    }
    case 'slice':
      return {
        values: values.map((row) => placesOf(row, channels).flatMap((place) => place.slice(layer.first, layer.first + layer.count))),
        shape: [...shape.slice(0, -1), layer.count],
        offset,
      };
    case 'add':
      return {
        ...unchanged,
        values: values.map((row, y) => row.map((value, x) => sum([value, ...given.others.map((other) => other.values[y][x])]))),
      };
    case 'concatenate': {
      const all = [given, ...given.others];
      const widths = all.map((each) => each.shape[each.shape.length - 1]);
      const joined = (y: number): number[] =>
        range(values[0].length / channels).flatMap((place) =>
          all.flatMap((each, index) => each.values[y].slice(place * widths[index], (place + 1) * widths[index])),
        );
      return { values: values.map((_, y) => joined(y)), shape: [...shape.slice(0, -1), sum(widths)], offset };
    }
    case 'mask': {
      const wide = shape.length === 1 ? 1 : channels;
      const isPadding = (place: number[]): boolean => place.every((value) => value === (layer.padding ?? 0));
      return { values: values.map((row) => placesOf(row, wide).map((place) => (isPadding(place) ? 0 : 1))), shape: [shape[0]], offset };
    }
    case 'positionalEmbedding':
      return {
        values: values.map((row) => row.map((value, index) => value + weights[offset + index])),
        shape,
        offset: offset + shape[0] * shape[1],
      };
    case 'gru':
      return recurrent(layer.units, layer.sequences ?? false, given);
    case 'multiHeadAttention':
      return attentive(layer.heads, layer.causal ?? false, given);
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

function placesOf(row: number[], channels: number): number[][] {
  return range(row.length / channels).map((place) => row.slice(place * channels, (place + 1) * channels));
}

/** Of each row the places that count. */
function counted({ values, shape, mask }: Given): number[][][] {
  return values.map((row, y) => placesOf(row, shape[shape.length - 1]).filter((_, place) => mask?.[y][place] !== 0));
}

/** row · matrix [inputs, outputs] + bias, both among the weights. */
function affineOf(weights: ArrayLike<number>, row: number[], matrix: number, bias: number, outputs: number): number[] {
  return range(outputs).map(
    (output) => weights[bias + output] + sum(row.map((value, input) => value * weights[matrix + input * outputs + output])),
  );
}

function recurrent(units: number, sequences: boolean, { values, shape, weights, offset, mask }: Given): Result {
  const [places, channels] = shape;
  const bias = offset + channels * 3 * units;
  const matrix = bias + 3 * units;
  const recurrentBias = matrix + units * 3 * units;
  const sigmoid = activate.sigmoid;
  const run = (row: number[], y: number): number[] => {
    let state = range(units).map(() => 0);
    const states = placesOf(row, channels).flatMap((x, place) => {
      const given = affineOf(weights, x, offset, bias, 3 * units);
      const kept = affineOf(weights, state, matrix, recurrentBias, 3 * units);
      const next = state.map((value, unit) => {
        const z = sigmoid(given[unit] + kept[unit]);
        const r = sigmoid(given[units + unit] + kept[units + unit]);
        const n = Math.tanh(given[2 * units + unit] + r * kept[2 * units + unit]);
        return z * value + (1 - z) * n;
      });
      if (mask?.[y][place] !== 0) state = next;
      return state;
    });
    return sequences ? states : state;
  };
  return { values: values.map(run), shape: sequences ? [places, units] : [units], offset: recurrentBias + 3 * units };
}

function attentive(heads: number, causal: boolean, { values, shape, weights, offset, mask }: Given): Result {
  const [, channels] = shape;
  const size = channels / heads;
  const bias = offset + channels * 3 * channels;
  const matrix = bias + 3 * channels;
  const outputBias = matrix + channels * channels;
  const run = (row: number[], y: number): number[] => {
    const joined = placesOf(row, channels).map((x) => affineOf(weights, x, offset, bias, 3 * channels));
    const part = (place: number, which: number, head: number): number[] =>
      joined[place].slice(which * channels + head * size, which * channels + (head + 1) * size);
    return joined.flatMap((_, place) => {
      const mixed = range(heads).flatMap((head) => {
        const visible = range(joined.length).filter((other) => (!causal || other <= place) && mask?.[y][other] !== 0);
        const scores = visible.map((other) =>
          Math.exp(sum(part(place, 0, head).map((q, i) => q * part(other, 1, head)[i])) / Math.sqrt(size)),
        );
        const all = sum(scores);
        return range(size).map((i) => sum(visible.map((other, index) => (scores[index] / all) * part(other, 2, head)[i])));
      });
      return affineOf(weights, mixed, matrix, outputBias, channels);
    });
  };
  return { values: values.map(run), shape: [...shape], offset: outputBias + channels };
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
