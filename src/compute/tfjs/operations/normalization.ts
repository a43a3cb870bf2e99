/** Batch and layer normalisation: x̂ = (x − mean) / √(variance + epsilon), scaled and shifted. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import type { Library } from '../library.js';
import { keep, type Pass, placesIn, valueIn } from '../pass.js';

interface Moments {
  mean: Tensor;
  variance: Tensor;
}

/** Along one axis of [places, channels]; the axis stays, with the extent 1. */
function momentsAlong(tf: Library, x: Tensor, axis: 0 | 1): Moments {
  const mean = tf.mean(x, axis, true);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), axis, true) };
}

const inverseDeviation = (tf: Library, variance: Tensor, epsilon: number): Tensor => tf.div(1, tf.sqrt(tf.add(variance, epsilon)));

export function batchNormalization(operation: OperationOf<'batchNormalization'>, pass: Pass): void {
  const { input, output, parameters, moments, channels, momentum, epsilon } = operation;
  const { library: tf, values, moved } = pass;
  const x = placesIn(pass, input, channels);
  const { mean, variance } = momentsAlong(tf, x, 0);
  const inverse = inverseDeviation(tf, variance, epsilon);
  keep(pass, output, scaled(pass, parameters, tf.mul(tf.sub(x, mean), inverse)));
  values.set(moments, tf.concat([mean, inverse]));
  const follow = (running: Tensor, moment: Tensor): Tensor =>
    tf.add(tf.mul(running, momentum), tf.mul(tf.reshape(moment, [channels]), 1 - momentum));
  moved.set(parameters.mean.name, follow(pass.parameter(parameters.mean), mean));
  moved.set(parameters.variance.name, follow(pass.parameter(parameters.variance), variance));
}

export function batchNormalizationGradient(operation: OperationOf<'batchNormalizationGradient'>, pass: Pass): void {
  const { input, moments, channels } = operation;
  const { library: tf } = pass;
  const [mean, inverse] = tf.split(valueIn(pass, moments), 2);
  gradients(operation, pass, tf.mul(tf.sub(placesIn(pass, input, channels), mean), inverse), inverse, 0);
}

export function runningNormalization(operation: OperationOf<'runningNormalization'>, pass: Pass): void {
  const { input, output, parameters, channels, epsilon } = operation;
  const { library: tf } = pass;
  const [mean, variance] = [pass.parameter(parameters.mean), pass.parameter(parameters.variance)];
  const centred = tf.sub(placesIn(pass, input, channels), mean);
  keep(pass, output, scaled(pass, parameters, tf.mul(centred, inverseDeviation(tf, variance, epsilon))));
}

export function layerNormalization(operation: OperationOf<'layerNormalization'>, pass: Pass): void {
  const { input, output, parameters, channels, epsilon } = operation;
  const { library: tf } = pass;
  const x = placesIn(pass, input, channels);
  const { mean, variance } = momentsAlong(tf, x, 1);
  keep(pass, output, scaled(pass, parameters, tf.mul(tf.sub(x, mean), inverseDeviation(tf, variance, epsilon))));
}

export function layerNormalizationGradient(operation: OperationOf<'layerNormalizationGradient'>, pass: Pass): void {
  const { input, channels, epsilon } = operation;
  const { library: tf } = pass;
  const x = placesIn(pass, input, channels);
  const { mean, variance } = momentsAlong(tf, x, 1);
  const inverse = inverseDeviation(tf, variance, epsilon);
  gradients(operation, pass, tf.mul(tf.sub(x, mean), inverse), inverse, 1);
}

type ScaleAndShift = OperationOf<'layerNormalization'>['parameters'];

const scaled = (pass: Pass, { scale, shift }: ScaleAndShift, normal: Tensor): Tensor =>
  pass.library.add(pass.library.mul(normal, pass.parameter(scale)), pass.parameter(shift));

/** By scale, shift and input, through the moments along the axis: [places, channels]. */
function gradients(
  { parameters, gradient, inputGradient, channels }: OperationOf<'batchNormalizationGradient' | 'layerNormalizationGradient'>,
  pass: Pass,
  normal: Tensor,
  inverse: Tensor,
  axis: 0 | 1,
): void {
  const { library: tf } = pass;
  const slopes = placesIn(pass, gradient, channels);
  pass.gradients.set(parameters.scale.name, tf.sum(tf.mul(slopes, normal), 0));
  pass.gradients.set(parameters.shift.name, tf.sum(slopes, 0));
  if (inputGradient === undefined) return;
  const byNormal = tf.mul(slopes, pass.parameter(parameters.scale));
  const common = tf.mean(byNormal, axis, true);
  const along = tf.mul(normal, tf.mean(tf.mul(byNormal, normal), axis, true));
  keep(pass, inputGradient, tf.mul(tf.sub(tf.sub(byNormal, common), along), inverse));
}
