/** Rows of a table, looked up by their numbers. */
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import { keep, type Pass, placesIn, valueIn } from '../pass.js';

export function embedding({ input, output, weights }: OperationOf<'embedding'>, pass: Pass): void {
  keep(pass, output, pass.library.gather(pass.parameter(weights), indicesOf(pass, input)));
}

/** Indices that come several times add up. */
export function embeddingGradient(operation: OperationOf<'embeddingGradient'>, pass: Pass): void {
  const { input, gradient, weights, dimension, vocabulary } = operation;
  const slopes = placesIn(pass, gradient, dimension);
  pass.gradients.set(weights.name, pass.library.unsortedSegmentSum(slopes, indicesOf(pass, input), vocabulary));
}

/** [rows × length] */
function indicesOf(pass: Pass, buffer: number): Tensor1D {
  const { library: tf } = pass;
  return tf.reshape(tf.cast(valueIn(pass, buffer), 'int32'), [-1]);
}
