/** Convolution of each channel by itself: for every cell of the window one product, added up. */
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import { keep, type Pass, placesIn, valueIn } from '../pass.js';
import { activate } from './activation.js';
import { cellsOf, gather, padded, withoutPadding } from './cells.js';
import { isComposed, kernelSettings } from './convolution.js';

export function depthwise({ input, output, parameters, window, activation }: OperationOf<'depthwiseConv2d'>, pass: Pass): void {
  const { library: tf } = pass;
  const pictures = padded(tf, valueIn(pass, input), window);
  const weights = pass.parameter(parameters.weights) as Tensor4D;
  const sums = isComposed(pass, window)
    ? tf.tidy(() => {
        const cells = cellsOf(tf, pictures, window).map((cell) => tf.reshape(cell, [-1, window.input[2], 1]));
        const products = cells.map((cell, index) => tf.mul(cell, filterOf(pass, weights, index)));
        return tf.reshape(tf.addN(products), [-1, window.output[2]]);
      })
    : tf.depthwiseConv2d(pictures, weights, [...window.strides], 'valid');
  keep(pass, output, activate(tf, activation, tf.add(sums, pass.parameter(parameters.bias))));
}

/** Of one cell: [channels, multiplier]. */
function filterOf({ library: tf }: Pass, weights: Tensor, cell: number): Tensor2D {
  const [height, width, channels, multiplier] = weights.shape;
  return tf.reshape(tf.slice(tf.reshape(weights, [height * width, channels, multiplier]), [cell, 0, 0], [1, -1, -1]), [
    channels,
    multiplier,
  ]);
}

export function depthwiseGradient(operation: OperationOf<'depthwiseConv2dGradient'>, pass: Pass): void {
  const { parameters, window, gradient, input } = operation;
  const { library: tf, gradients } = pass;
  const slopes = placesIn(pass, gradient, window.output[2]);
  gradients.set(parameters.bias.name, tf.sum(slopes, 0));
  const pictures = padded(tf, valueIn(pass, input), window);
  if (isComposed(pass, window)) composed(operation, pass, pictures, slopes);
  else byKernels(operation, pass, pictures, slopes);
}

type Gradient = OperationOf<'depthwiseConv2dGradient'>;

function composed({ parameters, window, inputGradient }: Gradient, pass: Pass, pictures: Tensor4D, slopes: Tensor2D): void {
  const { library: tf, rows, gradients } = pass;
  const weights = pass.parameter(parameters.weights);
  const channels = window.input[2];
  const split = tf.reshape(slopes, [-1, channels, window.output[2] / channels]) as Tensor3D;
  const ofCells = tf.tidy(() =>
    tf.stack(cellsOf(tf, pictures, window).map((cell) => tf.sum(tf.mul(tf.reshape(cell, [-1, channels, 1]), split), 0))),
  );
  gradients.set(parameters.weights.name, ofCells);
  if (inputGradient === undefined) return;
  const shape = [rows, window.output[0], window.output[1], channels] as [number, number, number, number];
  keep(
    pass,
    inputGradient,
    gather(tf, window, (cell) => tf.reshape(tf.sum(tf.mul(split, filterOf(pass, weights, cell)), 2), shape)),
  );
}

function byKernels({ parameters, window, inputGradient }: Gradient, pass: Pass, pictures: Tensor4D, slopes: Tensor2D): void {
  const { library: tf, rows, gradients } = pass;
  const dy = tf.reshape(slopes, [rows, ...window.output]);
  const settings = kernelSettings(window);
  const run = (kernel: string, inputs: Record<string, Tensor>, more: Record<string, number[]>): Tensor =>
    tf.engine().runKernel(kernel, inputs, { ...settings, ...more }) as Tensor;
  const filterShape = parameters.weights.shape;
  gradients.set(parameters.weights.name, run('DepthwiseConv2dNativeBackpropFilter', { x: pictures, dy }, { filterShape }));
  if (inputGradient === undefined) return;
  const filter = pass.parameter(parameters.weights);
  const inputs = run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, { inputShape: pictures.shape });
  keep(pass, inputGradient, withoutPadding(tf, inputs as Tensor4D, window));
}
