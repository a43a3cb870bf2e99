/** Part of the judge: branches, and layers over the places of a sequence. */
import type { OperationOf } from './operation.js';
import type { Parameter } from './parameters.js';
import { product } from './reference-rows.js';

export function summed(inputs: Float64Array[]): Float64Array {
  return inputs[0].map((_, index) => inputs.reduce((sum, values) => sum + values[index], 0));
}

export function sideBySide(inputs: Float64Array[], channels: number[]): Float64Array {
  const width = channels.reduce((sum, count) => sum + count, 0);
  const places = inputs[0].length / channels[0];
  const output = new Float64Array(places * width);
  let first = 0;
  for (const [index, count] of channels.entries()) {
    for (let place = 0; place < places; place++) {
      output.set(inputs[index].subarray(place * count, (place + 1) * count), place * width + first);
    }
    first += count;
  }
  return output;
}

export function sliced(input: Float64Array, { channels, first, count }: OperationOf<'slice'>): Float64Array {
  return input.filter((_, index) => index % channels >= first && index % channels < first + count);
}

export function counting(input: Float64Array, { channels, padding }: OperationOf<'mask'>): Float64Array {
  return Float64Array.from({ length: input.length / channels }, (_, place) =>
    input.subarray(place * channels, (place + 1) * channels).some((value) => value !== padding) ? 1 : 0,
  );
}

export function positioned(input: Float64Array, weights: Float32Array, table: Parameter): Float64Array {
  return input.map((value, index) => value + weights[table.offset + (index % table.size)]);
}

/** The mean or the largest of the places that count. */
export function overPlaces(
  input: Float64Array,
  mask: Float64Array | undefined,
  { kind, places, channels }: OperationOf<'globalAveragePool' | 'globalMaxPool'>,
  rows: number,
): Float64Array {
  return Float64Array.from({ length: rows * channels }, (_, index) => {
    const [row, channel] = [Math.floor(index / channels), index % channels];
    let [count, result] = [0, 0];
    for (let place = row * places; place < (row + 1) * places; place++) {
      if (mask && mask[place] === 0) continue;
      const value = input[place * channels + channel];
      result = kind === 'globalAveragePool' ? result + value : count === 0 ? value : Math.max(result, value);
      count++;
    }
    return kind === 'globalAveragePool' && count > 0 ? result / count : result;
  });
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function recurrent(
  input: Float64Array,
  mask: Float64Array | undefined,
  weights: Float32Array,
  { parameters, places, units, sequences }: OperationOf<'gru'>,
  rows: number,
): Float64Array {
  const given = product(input, weights, parameters, rows * places);
  const matrix = { weights: parameters.recurrentWeights, bias: parameters.recurrentBias };
  const output = new Float64Array(rows * units * (sequences ? places : 1));
  for (let row = 0; row < rows; row++) {
    let state = new Float64Array(units);
    for (let place = row * places; place < (row + 1) * places; place++) {
      const kept = product(state, weights, matrix, 1);
      const sums = given.subarray(place * 3 * units, (place + 1) * 3 * units);
      if (mask?.[place] !== 0) {
        state = state.map((value, unit) => {
          const z = sigmoid(sums[unit] + kept[unit]);
          const r = sigmoid(sums[units + unit] + kept[units + unit]);
          return z * value + (1 - z) * Math.tanh(sums[2 * units + unit] + r * kept[2 * units + unit]);
        });
      }
      output.set(state, (sequences ? place : row) * units);
    }
  }
  return output;
}

export function attended(
  input: Float64Array,
  mask: Float64Array | undefined,
  { places, heads, size, isCausal }: OperationOf<'attention'>,
  rows: number,
): Float64Array {
  const channels = heads * size;
  const output = new Float64Array(rows * places * channels);
  for (let place = 0; place < rows * places; place++) {
    const start = place - (place % places);
    for (let head = 0; head < heads; head++) {
      const part = (of: number, which: number, index: number): number => input[(of * 3 + which) * channels + head * size + index];
      const scores = Array.from({ length: places }, (_, other) => {
        if ((isCausal && start + other > place) || (mask && mask[start + other] === 0)) return Number.NEGATIVE_INFINITY;
        let sum = 0;
        for (let index = 0; index < size; index++) sum += part(place, 0, index) * part(start + other, 1, index);
        return sum / Math.sqrt(size);
      });
      const most = Math.max(...scores);
      if (most === Number.NEGATIVE_INFINITY) continue;
      const powers = scores.map((score) => Math.exp(score - most));
      const all = powers.reduce((sum, power) => sum + power, 0);
      for (let index = 0; index < size; index++) {
        output[place * channels + head * size + index] = powers.reduce(
          (sum, power, other) => sum + (power / all) * part(start + other, 2, index),
          0,
        );
      }
    }
  }
  return output;
}
