/** Activations, dropout and the sigmoid and softmax that answers end in. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../../../spec/layer.js';
import { dropoutKey, dropoutMask } from '../../plan/dropout.js';
import type { OperationOf } from '../../plan/operation.js';
import type { Library } from '../library.js';
import { type Pass, valueIn } from '../pass.js';

const leak = 0.01;

export function activation(operation: OperationOf<'activation'>, pass: Pass): void {
  pass.values.set(operation.output, activate(pass.library, operation.activation, valueIn(pass, operation.input)));
}

export function activationGradient({ activation, value, gradient }: OperationOf<'activationGradient'>, pass: Pass): void {
  const slope = derivative(pass.library, activation, valueIn(pass, value));
  pass.values.set(gradient, pass.library.mul(valueIn(pass, gradient), slope));
}

export function dropout(operation: OperationOf<'dropout' | 'dropoutGradient'>, pass: Pass): void {
  const [from, to] = operation.kind === 'dropout' ? [operation.input, operation.output] : [operation.gradient, operation.gradient];
  const { library: tf, seed, step, rows, first } = pass;
  const { size, shape } = valueIn(pass, from);
  const mask = dropoutMask(dropoutKey(seed, step, operation.layer), operation.rate, size, (first * size) / rows);
  pass.values.set(to, tf.mul(valueIn(pass, from), tf.tensor(mask, shape)));
}

export function probabilities({ kind, input, output }: OperationOf<'softmax' | 'sigmoid'>, pass: Pass): void {
  const { library: tf, values } = pass;
  const logits = valueIn(pass, input);
  values.set(output, kind === 'softmax' ? tf.softmax(logits) : tf.sigmoid(logits));
}

/** The normal distribution function. */
const normalDistribution = (tf: Library, x: Tensor): Tensor => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);

export function activate(tf: Library, activation: Activation, x: Tensor): Tensor {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'tanh':
      return tf.tanh(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'gelu':
      return tf.mul(x, normalDistribution(tf, x));
    case 'silu':
      return tf.mul(x, tf.sigmoid(x));
    case 'elu':
      return tf.elu(x);
    case 'leakyRelu':
      return tf.leakyRelu(x, leak);
  }
}

/** By the output for the fused activations, by the input for gelu and silu. */
function derivative(tf: Library, activation: Activation, value: Tensor): Tensor {
  switch (activation) {
    case 'linear':
      return tf.onesLike(value);
    case 'relu':
      return tf.step(value);
    case 'tanh':
      return tf.sub(1, tf.square(value));
    case 'sigmoid':
      return tf.mul(value, tf.sub(1, value));
    case 'gelu': {
      const density = tf.mul(tf.exp(tf.mul(tf.square(value), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return tf.add(normalDistribution(tf, value), tf.mul(value, density));
    }
    case 'silu': {
      const share = tf.sigmoid(value);
      return tf.mul(share, tf.add(1, tf.mul(value, tf.sub(1, share))));
    }
    case 'elu':
      return tf.add(1, tf.minimum(value, 0));
    case 'leakyRelu':
      return tf.step(value, leak);
  }
}
