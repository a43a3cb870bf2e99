/** Products of matrices, with bias and activation. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { FusedActivation, OperationOf } from '../../plan/operation.js';
import { keep, type Pass, placesIn } from '../pass.js';
import { activate } from './activation.js';

export function dense({ input, output, parameters, activation }: OperationOf<'dense'>, pass: Pass): void {
  const [weights, bias] = [pass.parameter(parameters.weights), pass.parameter(parameters.bias)];
  keep(pass, output, product(pass, placesIn(pass, input, weights.shape[0]), weights, bias, activation));
}

/** activation(a · b + bias): [rows, units]. */
export function product({ library: tf }: Pass, a: Tensor, b: Tensor, bias: Tensor, activation: FusedActivation): Tensor {
  const inOne = activation === 'relu' || activation === 'sigmoid';
  const sums = tf.fused.matMul({ a: a as Tensor2D, b: b as Tensor2D, bias, activation: inOne ? activation : 'linear' });
  return inOne ? sums : activate(tf, activation, sums);
}

export function denseGradient({ input, gradient, parameters, inputGradient }: OperationOf<'denseGradient'>, pass: Pass): void {
  const { library: tf, gradients } = pass;
  const [channels, units] = parameters.weights.shape;
  const [inputs, slopes] = [placesIn(pass, input, channels), placesIn(pass, gradient, units)];
  gradients.set(parameters.weights.name, tf.matMul(inputs, slopes, true, false));
  gradients.set(parameters.bias.name, tf.sum(slopes, 0));
  if (inputGradient === undefined) return;
  keep(pass, inputGradient, tf.matMul(slopes, pass.parameter(parameters.weights) as Tensor2D, false, true));
}
