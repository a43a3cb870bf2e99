/**
 * An inference program in plain JavaScript and double precision: slow, and simple enough to be the judge of every device. It needs no
 * engine, so that wasm can be verified without loading another one.
 */
import type { Activation } from '../../spec/model.js';
import type { Program } from './lower.js';
import type { BufferNumber } from './operation.js';

/** The outputs [rows, outputs] that a device should give, up to its precision. */
export function referenceOutputs(program: Program, weights: Float32Array, inputs: Float32Array, rows: number): Float64Array {
  const values = new Map<BufferNumber, Float64Array>([[program.input, Float64Array.from(inputs)]]);
  for (const operation of program.operations) {
    if (!('output' in operation)) throw new Error(`An inference program has no "${operation.kind}".`);
    const input = values.get(operation.input) as Float64Array;
    const from = program.buffers[operation.input].width;
    const to = program.buffers[operation.output].width;
    let output: Float64Array;
    if (operation.kind === 'dense') {
      const { weights: matrix, bias } = operation.parameters;
      output = new Float64Array(rows * to);
      for (let row = 0; row < rows; row++) {
        const sums = output.subarray(row * to, row * to + to);
        sums.set(weights.subarray(bias.offset, bias.offset + to));
        for (let index = 0; index < from; index++) {
          const value = input[row * from + index];
          const line = matrix.offset + index * to;
          for (let unit = 0; unit < to; unit++) sums[unit] += value * weights[line + unit];
        }
      }
      output = output.map((x) => activate(operation.activation, x));
    } else if (operation.kind === 'softmax') {
      output = input.slice();
      for (let row = 0; row < rows; row++) softmaxInPlace(output.subarray(row * from, row * from + from));
    } else {
      output = operation.kind === 'activation' ? input.map((x) => activate(operation.activation, x)) : input;
    }
    values.set(operation.output, output);
  }
  return values.get(program.output) as Float64Array;
}

function softmaxInPlace(row: Float64Array): void {
  const largest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  row.forEach((logit, index) => {
    row[index] = Math.exp(logit - largest);
  });
  const sum = row.reduce((a, b) => a + b, 0);
  row.forEach((power, index) => {
    row[index] = power / sum;
  });
}

function activate(activation: Activation, x: number): number {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return Math.max(0, x);
    case 'tanh':
      return Math.tanh(x);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'gelu':
      return x * normalDistribution(x);
  }
}

/** Within 1e-7 (Abramowitz and Stegun 7.1.26): enough to judge single precision by. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x) * Math.SQRT1_2);
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = 0.5 * series * Math.exp((-x * x) / 2);
  return x < 0 ? tail : 1 - tail;
}
