/** Adam with decoupled weight decay on tensors: the formula of wasm/assembly/adam.ts, over all parameters at once. */

import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { power } from '../../base/elementary.js';
import type { OptimizerSpec } from '../engine.js';
import type { Parameter } from '../plan/parameters.js';
import type { Library } from './library.js';

/** What a network learns with, [parameters] each. */
export interface Slots {
  weights: Tensor;
  means: Tensor;
  variances: Tensor;
}

/** 1 where weight decay applies, 0 elsewhere. */
export function decayMask(tf: Library, parameters: Parameter[]): Tensor1D {
  const mask = new Float32Array(parameters.reduce((sum, { size }) => sum + size, 0));
  for (const { offset, size, decayed } of parameters) mask.fill(decayed ? 1 : 0, offset, offset + size);
  return tf.tensor1d(mask);
}

/** The slots after a step; `step` counts those taken before. */
export function adam(
  tf: Library,
  { weights, means, variances }: Slots,
  gradients: Tensor,
  { spec, decayed, step, learningRate }: { spec: OptimizerSpec; decayed?: Tensor; step: number; learningRate: number },
): Slots {
  const { beta1, beta2, epsilon, weightDecay } = spec;
  const nextMeans = tf.add(tf.mul(means, beta1), tf.mul(gradients, 1 - beta1));
  const nextVariances = tf.add(tf.mul(variances, beta2), tf.mul(tf.square(gradients), 1 - beta2));
  const stepSize = learningRate / (1 - power(beta1, step + 1));
  const varianceScale = 1 / Math.sqrt(1 - power(beta2, step + 1));
  const spread = tf.add(tf.mul(tf.sqrt(nextVariances), varianceScale), epsilon);
  const kept = decayed ? tf.mul(weights, tf.sub(1, tf.mul(decayed, learningRate * weightDecay))) : weights;
  return { weights: tf.sub(kept, tf.div(tf.mul(nextMeans, stepSize), spread)), means: nextMeans, variances: nextVariances };
}
