/**
 * The instructions of a plan. An operation names buffers by number and parameters by their place in `parametersOf(model)`; it says what is
 * computed, not how: each engine has one piece of code for each kind. Buffers are [rows, width], row-major; rows are those of the batch.
 */
import type { Activation } from '../../spec/model.js';
import type { Parameter } from './parameters.js';

/** The number of a buffer in `Program.buffers`. */
export type BufferNumber = number;

/** Activations whose derivative follows from their output, so that the layer computes both in one go. */
export type FusedActivation = Exclude<Activation, 'gelu'>;

export interface DenseParameters {
  weights: Parameter;
  bias: Parameter;
}

export type Operation =
  /** output = activation(input · weights + bias) */
  | { kind: 'dense'; input: BufferNumber; output: BufferNumber; parameters: DenseParameters; activation: FusedActivation }
  /** The parameters' gradients, and the input's where something below learns. */
  | { kind: 'denseGradient'; input: BufferNumber; gradient: BufferNumber; parameters: DenseParameters; inputGradient?: BufferNumber }
  | { kind: 'activation'; activation: Activation; input: BufferNumber; output: BufferNumber }
  /** gradient ×= derivative, in place; `value` is the output of a fused activation, the input of gelu. */
  | { kind: 'activationGradient'; activation: Activation; value: BufferNumber; gradient: BufferNumber }
  | { kind: 'dropout'; input: BufferNumber; output: BufferNumber; rate: number; layer: number }
  /** In place, with the mask of the forward pass. */
  | { kind: 'dropoutGradient'; gradient: BufferNumber; rate: number; layer: number }
  | { kind: 'softmax'; input: BufferNumber; output: BufferNumber }
  /** The mean loss over the batch and its gradient by `outputs`. */
  | { kind: 'softmaxCrossEntropy' | 'meanSquaredError'; outputs: BufferNumber; targets: BufferNumber; gradient: BufferNumber }
  /** Every parameter, by the optimizer of `NetworkOptions`. */
  | { kind: 'update' };

/** The buffers that an operation reads or writes. */
export function buffersOf(operation: Operation): BufferNumber[] {
  switch (operation.kind) {
    case 'dense':
    case 'activation':
    case 'dropout':
    case 'softmax':
      return [operation.input, operation.output];
    case 'denseGradient':
      return [operation.input, operation.gradient, ...(operation.inputGradient === undefined ? [] : [operation.inputGradient])];
    case 'activationGradient':
      return [operation.value, operation.gradient];
    case 'dropoutGradient':
      return [operation.gradient];
    case 'softmaxCrossEntropy':
    case 'meanSquaredError':
      return [operation.outputs, operation.targets, operation.gradient];
    case 'update':
      return [];
  }
}
