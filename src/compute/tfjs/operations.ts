/** What each operation of a plan is in tensors. The kernels' counterpart: eager, readable, and what the kernels are compared with. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from '../../spec/model.js';
import { dropoutKey, dropoutMask } from '../plan/dropout.js';
import type { BufferNumber, Operation } from '../plan/operation.js';
import type { Parameter } from '../plan/parameters.js';
import type { Library } from './library.js';

/** The tensors of one pass. */
export interface Pass {
  library: Library;
  rows: number;
  /** By buffer, [rows, width]; targets of classes are [rows]. */
  values: Map<BufferNumber, Tensor>;
  /** The parameter's current numbers, in its shape. */
  parameter(parameter: Parameter): Tensor;
  /** Receives gradients by parameter name. */
  gradients: Map<string, Tensor>;
  /** For dropout. */
  seed: number;
  step: number;
  loss?: Tensor;
}

/** Every operation but `update`, which is the network's own. */
export function execute(operation: Operation, pass: Pass): void {
  const { library: tf, values, rows } = pass;
  const value = (buffer: BufferNumber): Tensor => values.get(buffer) as Tensor;
  switch (operation.kind) {
    case 'dense': {
      const { weights, bias } = operation.parameters;
      const fused = operation.activation === 'tanh' ? 'linear' : operation.activation;
      const output = tf.fused.matMul({
        a: value(operation.input) as Tensor2D,
        b: pass.parameter(weights) as Tensor2D,
        bias: pass.parameter(bias),
        activation: fused,
      });
      values.set(operation.output, operation.activation === 'tanh' ? tf.tanh(output) : output);
      return;
    }
    case 'denseGradient': {
      const [input, gradient] = [value(operation.input) as Tensor2D, value(operation.gradient) as Tensor2D];
      const { weights, bias } = operation.parameters;
      pass.gradients.set(weights.name, tf.matMul(input, gradient, true, false));
      pass.gradients.set(bias.name, tf.sum(gradient, 0));
      if (operation.inputGradient === undefined) return;
      values.set(operation.inputGradient, tf.matMul(gradient, pass.parameter(weights) as Tensor2D, false, true));
      return;
    }
    case 'activation':
      values.set(operation.output, activate(tf, operation.activation, value(operation.input)));
      return;
    case 'activationGradient':
      values.set(operation.gradient, tf.mul(value(operation.gradient), derivative(tf, operation.activation, value(operation.value))));
      return;
    case 'dropout':
      values.set(operation.output, tf.mul(value(operation.input), mask(pass, operation, value(operation.input).shape)));
      return;
    case 'dropoutGradient':
      values.set(operation.gradient, tf.mul(value(operation.gradient), mask(pass, operation, value(operation.gradient).shape)));
      return;
    case 'softmax':
      values.set(operation.output, tf.softmax(value(operation.input)));
      return;
    case 'softmaxCrossEntropy': {
      const logits = value(operation.outputs);
      const shifted = tf.sub(logits, tf.max(logits, 1, true));
      const logarithms = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
      // One-hot by comparison: tfjs's own refuses a single class.
      const classes = tf.range(0, logits.shape[1] as number);
      const expected = tf.cast(tf.equal(tf.reshape(value(operation.targets), [rows, 1]), classes), 'float32');
      pass.loss = tf.mul(tf.sum(tf.mul(expected, logarithms)), -1 / rows);
      values.set(operation.gradient, tf.mul(tf.sub(tf.exp(logarithms), expected), 1 / rows));
      return;
    }
    case 'meanSquaredError': {
      const difference = tf.sub(value(operation.outputs), value(operation.targets));
      pass.loss = tf.mean(tf.square(difference));
      values.set(operation.gradient, tf.mul(difference, 2 / difference.size));
      return;
    }
    case 'update':
      throw new Error('The update is not an operation on tensors of the batch.');
  }
}

function mask({ library: tf, seed, step }: Pass, { layer, rate }: { layer: number; rate: number }, shape: number[]): Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return tf.tensor(dropoutMask(dropoutKey(seed, step, layer), rate, count), shape);
}

/** The normal distribution function. */
const normalDistribution = (tf: Library, x: Tensor): Tensor => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);

function activate(tf: Library, activation: Activation, x: Tensor): Tensor {
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
  }
}

/** By the output for the fused activations, by the input for gelu. */
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
  }
}
