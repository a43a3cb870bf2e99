/**
 * An inference program in plain JavaScript and double precision: slow, and simple enough to be the judge of every device. It needs no
 * engine, so that wasm can be verified without loading another one.
 */
import type { Activation } from '../../spec/layer.js';
import type { Program } from './lower.js';
import type { BufferNumber, Operation } from './operation.js';
import { embedded, normalizedByRow, normalizedByRunning, product } from './reference-rows.js';
import { attended, counting, overPlaces, positioned, recurrent, sideBySide, sliced, summed } from './reference-sequences.js';
import { averages, convolved, convolvedByChannel, maxima } from './reference-windows.js';

/**
 * The outputs [rows, outputs] that a device should give, up to its precision.
 * @param each is told what every operation gives, in order
 */
export function referenceOutputs(
  program: Program,
  weights: Float32Array,
  inputs: Float32Array,
  rows: number,
  each: (operation: Operation, output: Float64Array) => void = () => {},
): Float64Array {
  const values = new Map<BufferNumber, Float64Array>([[program.input, Float64Array.from(inputs)]]);
  const valuesIn = (buffer: BufferNumber): Float64Array => values.get(buffer) as Float64Array;
  for (const operation of program.operations) {
    if (!('output' in operation)) throw new Error(`An inference program has no "${operation.kind}".`);
    const inputs = ('inputs' in operation ? operation.inputs : [operation.input]).map(valuesIn);
    const mask = 'mask' in operation && operation.mask !== undefined ? valuesIn(operation.mask) : undefined;
    const output = outputOf(operation, { inputs, mask, weights, rows });
    values.set(operation.output, output);
    each(operation, output);
  }
  return valuesIn(program.output);
}

interface Given {
  inputs: Float64Array[];
  mask: Float64Array | undefined;
  weights: Float32Array;
  rows: number;
}

function outputOf(operation: Operation, { inputs, mask, weights, rows }: Given): Float64Array {
  const [input] = inputs;
  switch (operation.kind) {
    case 'dense':
      return product(input, weights, operation.parameters, rows * operation.places).map((x) => activate(operation.activation, x));
    case 'conv2d':
      return convolved(input, weights, operation, rows).map((x) => activate(operation.activation, x));
    case 'depthwiseConv2d':
      return convolvedByChannel(input, weights, operation, rows).map((x) => activate(operation.activation, x));
    case 'maxPool2d':
      return maxima(input, operation.window, rows);
    case 'averagePool2d':
      return averages(input, operation.window, rows);
    case 'globalAveragePool':
    case 'globalMaxPool':
      return overPlaces(input, mask, operation, rows);
    case 'add':
      return summed(inputs);
    case 'concatenate':
      return sideBySide(inputs, operation.channels);
    case 'slice':
      return sliced(input, operation);
    case 'mask':
      return counting(input, operation);
    case 'position':
      return positioned(input, weights, operation.weights);
    case 'gru':
      return recurrent(input, mask, weights, operation, rows);
    case 'attention':
      return attended(input, mask, operation, rows);
    case 'runningNormalization':
      return normalizedByRunning(input, weights, operation);
    case 'layerNormalization':
      return normalizedByRow(input, weights, operation);
    case 'embedding':
      return embedded(input, weights, operation);
    case 'activation':
      return input.map((x) => activate(operation.activation, x));
    case 'sigmoid':
      return input.map((x) => activate('sigmoid', x));
    case 'softmax':
      return softmax(input, rows);
    default:
      throw new Error(`An inference program has no "${operation.kind}".`);
  }
}

function softmax(logits: Float64Array, rows: number): Float64Array {
  const width = logits.length / rows;
  const shares = new Float64Array(logits.length);
  for (let first = 0; first < logits.length; first += width) {
    const row = logits.subarray(first, first + width);
    const largest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const powers = row.map((logit) => Math.exp(logit - largest));
    const sum = powers.reduce((a, b) => a + b, 0);
    shares.set(
      powers.map((power) => power / sum),
      first,
    );
  }
  return shares;
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
    case 'silu':
      return x / (1 + Math.exp(-x));
    case 'elu':
      return x > 0 ? x : Math.expm1(x);
    case 'leakyRelu':
      return x > 0 ? x : 0.01 * x;
  }
}

/** Within 1e-7 (Abramowitz and Stegun 7.1.26): enough to judge single precision by. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x) * Math.SQRT1_2);
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = 0.5 * series * Math.exp((-x * x) / 2);
  return x < 0 ? tail : 1 - tail;
}
