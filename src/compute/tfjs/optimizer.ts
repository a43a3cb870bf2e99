/** The optimizers on tensors: the formulas of wasm/assembly, over all parameters at once. */
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { power } from '../../base/elementary.js';
import type { OptimizerSpec } from '../engine.js';
import type { Parameter } from '../plan/parameters.js';
import type { Library } from './library.js';

/** What a network learns with, [parameters] each. */
export interface Learning {
  weights: Tensor;
  slots: Tensor[];
}

/** 1 where weight decay and L2 apply, 0 elsewhere. */
export function decayMask(tf: Library, parameters: Parameter[]): Tensor1D {
  const mask = new Float32Array(parameters.reduce((sum, { size }) => sum + size, 0));
  for (const { offset, size, decayed } of parameters) mask.fill(decayed ? 1 : 0, offset, offset + size);
  return tf.tensor1d(mask);
}

export interface UpdateSettings {
  spec: OptimizerSpec;
  decayed?: Tensor | undefined;
  /** Steps taken before. */
  step: number;
  learningRate: number;
}

/**
 * Weights and slots after a step. A parameter without a gradient has zeros and stays.
 * @param held the gradients after clipping
 */
export function update(tf: Library, { weights, slots }: Learning, held: Tensor, settings: UpdateSettings): Learning {
  const { spec, decayed, learningRate } = settings;
  const slopes = decayed && spec.l2 ? tf.add(held, tf.mul(tf.mul(decayed, weights), spec.l2)) : held;
  const kept = decayed && spec.weightDecay ? tf.mul(weights, tf.sub(1, tf.mul(decayed, learningRate * spec.weightDecay))) : weights;
  const { move, next } = moveOf(tf, slots, slopes, settings);
  return { weights: tf.sub(kept, move), slots: next };
}

export function clipped(tf: Library, gradients: Tensor, clip: OptimizerSpec['clip']): Tensor {
  const { norm, value } = clip ?? {};
  const bounded = value === undefined ? gradients : tf.clipByValue(gradients, -value, value);
  if (norm === undefined) return bounded;
  const length = tf.sqrt(tf.sum(tf.square(bounded)));
  return tf.mul(bounded, tf.minimum(1, tf.div(norm, tf.add(length, 1e-6))));
}

function moveOf(
  tf: Library,
  slots: Tensor[],
  slopes: Tensor,
  { spec, step, learningRate }: UpdateSettings,
): { move: Tensor; next: Tensor[] } {
  switch (spec.kind) {
    case 'adam': {
      const { beta1, beta2, epsilon } = spec;
      const means = tf.add(tf.mul(slots[0], beta1), tf.mul(slopes, 1 - beta1));
      const variances = tf.add(tf.mul(slots[1], beta2), tf.mul(tf.square(slopes), 1 - beta2));
      const stepSize = learningRate / (1 - power(beta1, step + 1));
      const varianceScale = 1 / Math.sqrt(1 - power(beta2, step + 1));
      const spread = tf.add(tf.mul(tf.sqrt(variances), varianceScale), epsilon);
      return { move: tf.div(tf.mul(means, stepSize), spread), next: [means, variances] };
    }
    case 'sgd': {
      const velocities = tf.add(tf.mul(slots[0], spec.momentum), slopes);
      const direction = spec.nesterov ? tf.add(slopes, tf.mul(velocities, spec.momentum)) : velocities;
      return { move: tf.mul(direction, learningRate), next: [velocities] };
    }
    case 'rmsprop': {
      const squares = tf.add(tf.mul(slots[0], spec.decay), tf.mul(tf.square(slopes), 1 - spec.decay));
      return { move: tf.div(tf.mul(slopes, learningRate), tf.add(tf.sqrt(squares), spec.epsilon)), next: [squares] };
    }
  }
}
