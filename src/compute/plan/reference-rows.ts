/** Part of the judge: layers that take a row, or a place of it, by itself. */
import type { OperationOf, WeightsAndBias } from './operation.js';

/** input · weights + bias: [rows, units] */
export function product(input: Float64Array, weights: Float32Array, { weights: matrix, bias }: WeightsAndBias, rows: number): Float64Array {
  const width = input.length / rows;
  const units = bias.size;
  const output = new Float64Array(rows * units);
  for (let row = 0; row < rows; row++) {
    const sums = output.subarray(row * units, (row + 1) * units);
    sums.set(weights.subarray(bias.offset, bias.offset + units));
    for (let index = 0; index < width; index++) {
      const value = input[row * width + index];
      const line = matrix.offset + index * units;
      for (let unit = 0; unit < units; unit++) sums[unit] += value * weights[line + unit];
    }
  }
  return output;
}

export function normalizedByRunning(
  input: Float64Array,
  weights: Float32Array,
  operation: OperationOf<'runningNormalization'>,
): Float64Array {
  const { channels, epsilon, parameters } = operation;
  const { scale, shift, mean, variance } = parameters;
  return input.map((x, index) => {
    const channel = index % channels;
    const normal = (x - weights[mean.offset + channel]) / Math.sqrt(weights[variance.offset + channel] + epsilon);
    return normal * weights[scale.offset + channel] + weights[shift.offset + channel];
  });
}

export function normalizedByRow(input: Float64Array, weights: Float32Array, operation: OperationOf<'layerNormalization'>): Float64Array {
  const { channels, epsilon, parameters } = operation;
  const output = new Float64Array(input.length);
  for (let first = 0; first < input.length; first += channels) {
    const place = input.subarray(first, first + channels);
    const mean = place.reduce((sum, x) => sum + x, 0) / channels;
    const variance = place.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / channels;
    const deviation = Math.sqrt(variance + epsilon);
    for (let channel = 0; channel < channels; channel++) {
      const normal = (place[channel] - mean) / deviation;
      output[first + channel] = normal * weights[parameters.scale.offset + channel] + weights[parameters.shift.offset + channel];
    }
  }
  return output;
}

export function embedded(
  input: Float64Array,
  weights: Float32Array,
  { weights: table, dimension }: OperationOf<'embedding'>,
): Float64Array {
  const output = new Float64Array(input.length * dimension);
  input.forEach((index, position) => {
    const first = table.offset + index * dimension;
    output.set(weights.subarray(first, first + dimension), position * dimension);
  });
  return output;
}
