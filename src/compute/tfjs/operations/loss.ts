/** The mean loss of a batch, and its gradient by the outputs. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import { type Pass, valueIn } from '../pass.js';

export function loss(operation: OperationOf<'softmaxCrossEntropy' | 'sigmoidCrossEntropy' | 'meanSquaredError'>, pass: Pass): void {
  const outputs = valueIn(pass, operation.outputs);
  const { value, gradient } = functions[operation.kind](pass, outputs, valueIn(pass, operation.targets));
  pass.loss = value;
  pass.values.set(operation.gradient, gradient);
}

interface LossAndGradient {
  value: Tensor;
  gradient: Tensor;
}

const functions = { softmaxCrossEntropy, sigmoidCrossEntropy, meanSquaredError };

function softmaxCrossEntropy({ library: tf, rows }: Pass, logits: Tensor, targets: Tensor): LossAndGradient {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const logarithms = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
  // One-hot by comparison: tfjs's own refuses a single class.
  const classes = tf.range(0, logits.shape[1] as number);
  const expected = tf.cast(tf.equal(tf.reshape(targets, [rows, 1]), classes), 'float32');
  return {
    value: tf.mul(tf.sum(tf.mul(expected, logarithms)), -1 / rows),
    gradient: tf.mul(tf.sub(tf.exp(logarithms), expected), 1 / rows),
  };
}

/** max(z, 0) − z · t + log(1 + exp(−|z|)): no power overflows. */
function sigmoidCrossEntropy({ library: tf }: Pass, logits: Tensor, targets: Tensor): LossAndGradient {
  const tails = tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(logits)))));
  return {
    value: tf.mean(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, targets)), tails)),
    gradient: tf.mul(tf.sub(tf.sigmoid(logits), targets), 1 / logits.size),
  };
}

function meanSquaredError({ library: tf }: Pass, outputs: Tensor, targets: Tensor): LossAndGradient {
  const difference = tf.sub(outputs, targets);
  return { value: tf.mean(tf.square(difference)), gradient: tf.mul(difference, 2 / difference.size) };
}
