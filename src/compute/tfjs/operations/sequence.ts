/** Over the places of a sequence: masks, pooling of all places, and positions. Masks are multiplied with, which every backend does alike. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import { keep, lowest, type Pass, sequencesIn, valueIn } from '../pass.js';

export function mask({ input, output, places, channels, padding }: OperationOf<'mask'>, pass: Pass): void {
  const { library: tf, values } = pass;
  values.set(output, tf.max(tf.cast(tf.notEqual(sequencesIn(pass, input, places, channels), padding), 'float32'), 2));
}

/** [rows, places, 1] */
const counting = (pass: Pass, buffer: number, places: number): Tensor => sequencesIn(pass, buffer, places, 1);

export function globalAverage({ input, output, places, channels, mask: which }: OperationOf<'globalAveragePool'>, pass: Pass): void {
  const { library: tf, values } = pass;
  const x = sequencesIn(pass, input, places, channels);
  values.set(output, which === undefined ? tf.mean(x, 1) : tf.sum(tf.mul(x, shares(pass, counting(pass, which, places))), 1));
}

export function globalAverageGradient(operation: OperationOf<'globalAveragePoolGradient'>, pass: Pass): void {
  const { gradient, inputGradient, places, channels, mask: which } = operation;
  const { library: tf } = pass;
  const slopes = sequencesIn(pass, gradient, 1, channels);
  const part = which === undefined ? tf.fill([1, places, 1], 1 / places) : shares(pass, counting(pass, which, places));
  keep(pass, inputGradient, tf.mul(slopes, part));
}

/** An equal share for every place that counts. */
function shares({ library: tf }: Pass, counts: Tensor): Tensor {
  return tf.div(counts, tf.maximum(tf.sum(counts, 1, true), 1));
}

export function globalMaximum({ input, output, places, channels, mask: which }: OperationOf<'globalMaxPool'>, pass: Pass): void {
  const { library: tf, values } = pass;
  const x = sequencesIn(pass, input, places, channels);
  if (which === undefined) return void values.set(output, tf.max(x, 1));
  const counts = counting(pass, which, places);
  const most = tf.max(tf.add(tf.mul(x, counts), tf.mul(tf.sub(1, counts), lowest)), 1);
  values.set(output, tf.mul(most, tf.max(counts, 1)));
}

/** To the first place that holds the maximum: the least of their numbers. */
export function globalMaximumGradient(operation: OperationOf<'globalMaxPoolGradient'>, pass: Pass): void {
  const { input, output, gradient, inputGradient, places, channels, mask: which } = operation;
  const { library: tf } = pass;
  const most = sequencesIn(pass, output, 1, channels);
  let here: Tensor = tf.cast(tf.equal(sequencesIn(pass, input, places, channels), most), 'float32');
  if (which !== undefined) here = tf.mul(here, counting(pass, which, places));
  const numbers = tf.reshape(tf.range(0, places), [1, places, 1]);
  const first = tf.min(tf.add(tf.mul(here, numbers), tf.mul(tf.sub(1, here), places)), 1, true);
  keep(pass, inputGradient, tf.mul(sequencesIn(pass, gradient, 1, channels), tf.cast(tf.equal(numbers, first), 'float32')));
}

export function position({ input, output, weights }: OperationOf<'position'>, pass: Pass): void {
  const { library: tf, values } = pass;
  values.set(output, tf.add(valueIn(pass, input), tf.reshape(pass.parameter(weights), [1, -1])));
}

export function positionGradient({ gradient, weights }: OperationOf<'positionGradient'>, pass: Pass): void {
  pass.gradients.set(weights.name, pass.library.sum(valueIn(pass, gradient), 0));
}
