/**
 * What a device does for us: run and train a network given as data. Implementations: `wasm/` (our SIMD kernels), `tfjs/`
 * (webgpu, webgl and cpu; eager, the reference). This file holds the contract only; `conformance` tests hold every device to it.
 */
import type { DeviceName } from '../spec/device-name.js';
import type { ModelSpec } from '../spec/model.js';

export interface Engine {
  readonly device: DeviceName;
  /** The adapter or processor in words. */
  readonly description: string;
  /** Settles with the reason when the device is lost or fails; afterwards every call throws that `DeviceError`, mostly `device-lost`. */
  readonly lost: Promise<string>;
  /**
   * Allocates a network for batches of at most `batchSize` rows.
   * @throws DeviceError `device-memory` when it does not fit.
   */
  prepare(model: ModelSpec, options: NetworkOptions): Promise<Network>;
  /** What is alive now; back to where it was once every network is disposed of. */
  counters(): Counters;
  dispose(): void;
}

export interface Counters {
  tensors: number;
  bytes: number;
}

export interface NetworkOptions {
  /** The most rows that a step or a forward pass is given at once. */
  batchSize: number;
  /**
   * The most rows that are computed at once, to need less memory: a step of more adds up the gradients of its parts, which changes nothing but
   * rounding. Ignored where rows of a batch look at each other, as in batch normalization. `batchSize` when left out.
   */
  microBatch?: number | undefined;
  /** Drives dropout only: initial weights come from `initialWeights`. */
  seed: number;
  /** Left out for a network that only answers. */
  optimizer?: OptimizerSpec;
  /**
   * Of the cross-entropies, in training: softmax targets become (1 − s) of their class and s / classes of every class; sigmoid targets t become
   * (1 − s) · t + s / 2. The losses of steps are those of the smoothed targets. 0 when left out; without effect on other losses.
   */
  labelSmoothing?: number;
}

/**
 * How weights follow their gradients. Biases, scales and shifts are neither decayed nor penalised.
 * - `adam` (1412.6980): m = β1·m + (1 − β1)·g, v = β2·v + (1 − β2)·g²; w −= rate · m̂ / (√v̂ + epsilon), both corrected for their beginning.
 * - `sgd`: v = momentum·v + g; w −= rate · v, or with `nesterov` rate · (g + momentum·v), as in PyTorch.
 * - `rmsprop`: v = decay·v + (1 − decay)·g²; w −= rate · g / (√v + epsilon), as in PyTorch.
 */
export type OptimizerSpec = (
  | { kind: 'adam'; beta1: number; beta2: number; epsilon: number }
  | { kind: 'sgd'; momentum: number; nesterov: boolean }
  | { kind: 'rmsprop'; decay: number; epsilon: number }
) & {
  /** Decoupled (1711.05101): before the step, w −= rate · weightDecay · w. */
  weightDecay: number;
  /** Adds l2 / 2 · |w|² to what is minimised, and so l2 · w to the gradient; the losses reported are without it. 0 when left out. */
  l2?: number;
  /**
   * What the gradients of a step are held to before anything else: every number to ± `value`, then the length √Σg² of all together to `norm`, by
   * the factor min(1, norm / (length + 1e-6)), as PyTorch. Taken as they are when left out.
   */
  clip?: { norm?: number | undefined; value?: number | undefined };
};

export interface Network {
  /** Numbers in all weights, running moments included; `weights()` and `setWeights` use this length and the plan's order. */
  readonly parameters: number;
  /** Loads all weights, [parameters]. */
  setWeights(weights: Float32Array): void;
  /** Reads all weights back, [parameters]. */
  weights(): Promise<Float32Array>;
  /** The optimizer's slots and step count, to be kept in a checkpoint and given to `setOptimizerState`. */
  optimizerState(): Promise<Float32Array>;
  setOptimizerState(state: Float32Array): void;
  /**
   * One training step: forward, gradients, update. Queued; it does not wait for the device.
   * @param inputs [rows, inputs] row-major
   * @param targets class indices [rows] for softmaxCrossEntropy, values [rows, outputs] for the other losses
   */
  step(inputs: Float32Array, targets: Float32Array, rows: number, learningRate: number): void;
  /**
   * What the optimizer was given in the last step, [parameters] in the plan's order: after clipping, before `l2`; zeros where nothing is learnt.
   * Undefined before the first step. Waits for the device.
   */
  gradients(): Promise<Float32Array | undefined>;
  /** The mean loss of every step since the last call, in order. Waits for the device. */
  losses(): Promise<Float32Array>;
  /** Outputs [rows, outputs]: probabilities for the cross-entropies, values for the other losses. Dropout is off. */
  forward(inputs: Float32Array, rows: number): Promise<Float32Array>;
  dispose(): void;
}
