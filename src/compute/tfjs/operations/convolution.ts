/**
 * Convolution. Composed, it is a product of matrices: one row for each place of the window, one column for each of its cells and channels.
 * The backends' own kernels are faster on graphics processors; they know no gradient with dilation.
 */
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import type { Parameter } from '../../plan/parameters.js';
import type { Window2d } from '../../plan/window.js';
import { keep, type Pass, placesIn, valueIn } from '../pass.js';
import { activate } from './activation.js';
import { cellsOf, gather, padded, withoutPadding } from './cells.js';
import { product } from './dense.js';

/** What tfjs's own kernels of convolutions are called with; its public functions differentiate, which we do ourselves. */
export const kernelSettings = ({ strides }: Window2d) => ({
  strides: [...strides],
  pad: 'valid',
  dataFormat: 'NHWC',
  dilations: [1, 1],
});

export const isComposed = (pass: Pass, { dilation }: Window2d): boolean => pass.composed || dilation[0] * dilation[1] > 1;

export function convolution({ input, output, parameters, window, activation }: OperationOf<'conv2d'>, pass: Pass): void {
  const { library: tf } = pass;
  const pictures = padded(tf, valueIn(pass, input), window);
  const [weights, bias] = [filterOf(pass, parameters.weights, window), pass.parameter(parameters.bias)];
  if (isComposed(pass, window)) {
    const matrix = tf.reshape(weights, [-1, window.output[2]]);
    keep(pass, output, product(pass, columnsOf(pass, pictures, window), matrix, bias, activation));
  } else {
    const sums = tf.conv2d(pictures, weights, [...window.strides], 'valid');
    keep(pass, output, activate(tf, activation, tf.add(sums, bias)));
  }
}

export function convolutionGradient(operation: OperationOf<'conv2dGradient'>, pass: Pass): void {
  const { parameters, window, input, gradient } = operation;
  const { library: tf, gradients } = pass;
  const slopes = placesIn(pass, gradient, window.output[2]);
  gradients.set(parameters.bias.name, tf.sum(slopes, 0));
  const pictures = padded(tf, valueIn(pass, input), window);
  const [weights, inputs] = isComposed(pass, window)
    ? composedGradients(operation, pass, pictures, slopes)
    : kernelGradients(operation, pass, pictures, slopes);
  gradients.set(parameters.weights.name, weights);
  if (operation.inputGradient !== undefined && inputs) keep(pass, operation.inputGradient, inputs);
}

/** Those of a sequence are kept without the height of their one row. */
const filterShapeOf = ({ kernel, input, output }: Window2d): [number, number, number, number] => [
  kernel[0],
  kernel[1],
  input[2],
  output[2],
];

const filterOf = (pass: Pass, weights: Parameter, window: Window2d): Tensor4D =>
  pass.library.reshape(pass.parameter(weights), filterShapeOf(window));

/** [rows × output height × output width, cells × channels] */
function columnsOf({ library: tf }: Pass, pictures: Tensor4D, window: Window2d): Tensor2D {
  return tf.tidy(() => {
    const cells = cellsOf(tf, pictures, window).map((cell) => tf.reshape(cell, [-1, window.input[2]]));
    return tf.concat(cells, 1) as Tensor2D;
  });
}

type Gradients = [weights: Tensor, inputs: Tensor | undefined];

function composedGradients(
  { parameters, window, inputGradient }: OperationOf<'conv2dGradient'>,
  pass: Pass,
  pictures: Tensor4D,
  slopes: Tensor2D,
): Gradients {
  const { library: tf, rows } = pass;
  const weights = tf.matMul(columnsOf(pass, pictures, window), slopes, true, false);
  if (inputGradient === undefined) return [weights, undefined];
  const channels = window.input[2];
  const matrix = tf.reshape(pass.parameter(parameters.weights), [-1, window.output[2]]) as Tensor2D;
  const columns = tf.matMul(slopes, matrix, false, true);
  const shape = [rows, window.output[0], window.output[1], channels] as [number, number, number, number];
  return [weights, gather(tf, window, (cell) => tf.reshape(tf.slice(columns, [0, cell * channels], [-1, channels]), shape))];
}

function kernelGradients(
  { parameters, window, inputGradient }: OperationOf<'conv2dGradient'>,
  pass: Pass,
  pictures: Tensor4D,
  slopes: Tensor2D,
): Gradients {
  const { library: tf, rows } = pass;
  const dy = tf.reshape(slopes, [rows, ...window.output]);
  const settings = kernelSettings(window);
  const run = (kernel: string, inputs: Record<string, Tensor>, more: Record<string, number[]>): Tensor =>
    tf.engine().runKernel(kernel, inputs, { ...settings, ...more }) as Tensor;
  const weights = run('Conv2DBackpropFilter', { x: pictures, dy }, { filterShape: filterShapeOf(window) });
  if (inputGradient === undefined) return [weights, undefined];
  const filter = filterOf(pass, parameters.weights, window);
  const inputs = run('Conv2DBackpropInput', { dy, filter }, { inputShape: pictures.shape });
  return [weights, withoutPadding(tf, inputs as Tensor4D, window)];
}
