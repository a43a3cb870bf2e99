/** The mean loss of a batch, and its gradient by the outputs. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LossOperation } from '../../plan/operation.js';
import { type Pass, valueIn } from '../pass.js';

export function loss(operation: LossOperation, pass: Pass): void {
  const { value, gradient } = lossAndGradient(operation, pass, valueIn(pass, operation.outputs), valueIn(pass, operation.targets));
  pass.loss = value;
  pass.values.set(operation.gradient, gradient);
}

interface LossAndGradient {
  value: Tensor;
  gradient: Tensor;
}

function lossAndGradient(operation: LossOperation, pass: Pass, outputs: Tensor, targets: Tensor): LossAndGradient {
  switch (operation.kind) {
    case 'softmaxCrossEntropy':
      return softmaxCrossEntropy(pass, outputs, targets, operation.smoothing);
    case 'sigmoidCrossEntropy':
      return sigmoidCrossEntropy(pass, outputs, targets, operation.smoothing);
    case 'meanSquaredError':
      return meanSquaredError(pass, outputs, targets);
    case 'meanAbsoluteError':
      return meanAbsoluteError(pass, outputs, targets);
    case 'huber':
      return huber(pass, outputs, targets, operation.delta);
  }
}

function softmaxCrossEntropy({ library: tf, rows }: Pass, logits: Tensor, targets: Tensor, smoothing: number): LossAndGradient {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const logarithms = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
  // One-hot by comparison: tfjs's own refuses a single class.
  const width = logits.shape[1] as number;
  const own = tf.cast(tf.equal(tf.reshape(targets, [rows, 1]), tf.range(0, width)), 'float32');
  const expected = smoothing > 0 ? tf.add(tf.mul(own, 1 - smoothing), smoothing / width) : own;
  return {
    value: tf.mul(tf.sum(tf.mul(expected, logarithms)), -1 / rows),
    gradient: tf.mul(tf.sub(tf.exp(logarithms), expected), 1 / rows),
  };
}

/** max(z, 0) − z · t + log(1 + exp(−|z|)): no power overflows. */
function sigmoidCrossEntropy({ library: tf }: Pass, logits: Tensor, targets: Tensor, smoothing: number): LossAndGradient {
  const expected = smoothing > 0 ? tf.add(tf.mul(targets, 1 - smoothing), smoothing / 2) : targets;
  const tails = tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(logits)))));
  return {
    value: tf.mean(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, expected)), tails)),
    gradient: tf.mul(tf.sub(tf.sigmoid(logits), expected), 1 / logits.size),
  };
}

function meanSquaredError({ library: tf }: Pass, outputs: Tensor, targets: Tensor): LossAndGradient {
  const difference = tf.sub(outputs, targets);
  return { value: tf.mean(tf.square(difference)), gradient: tf.mul(difference, 2 / difference.size) };
}

function meanAbsoluteError({ library: tf }: Pass, outputs: Tensor, targets: Tensor): LossAndGradient {
  const difference = tf.sub(outputs, targets);
  return { value: tf.mean(tf.abs(difference)), gradient: tf.mul(tf.sign(difference), 1 / difference.size) };
}

/** With c = the difference held to ± delta, the loss is c · (d − c / 2), and its slope c. */
function huber({ library: tf }: Pass, outputs: Tensor, targets: Tensor, delta: number): LossAndGradient {
  const difference = tf.sub(outputs, targets);
  const held = tf.clipByValue(difference, -delta, delta);
  return { value: tf.mean(tf.mul(held, tf.sub(difference, tf.mul(held, 0.5)))), gradient: tf.mul(held, 1 / difference.size) };
}
