/**
 * The instructions of a plan. An operation names buffers by number and parameters by their place in `parametersOf(model)`; it says what is
 * computed, not how: each engine has one piece of code for each kind. Buffers are [rows, width], row-major, pictures in the order height,
 * width, channels; rows are those of the batch. A gradient that nothing below needs is left out.
 */
import type { Activation } from '../../spec/layer.js';
import type { Loss } from '../../spec/model.js';
import type { Parameter } from './parameters.js';
import type { Window2d } from './window.js';

/** The number of a buffer in `Program.buffers`. */
export type BufferNumber = number;

/** Activations whose derivative follows from their output, so that the layer computes both in one go. */
export type FusedActivation = Exclude<Activation, 'gelu' | 'silu'>;

export const isFused = (activation: Activation): activation is FusedActivation => activation !== 'gelu' && activation !== 'silu';

export interface WeightsAndBias {
  weights: Parameter;
  bias: Parameter;
}

export interface ScaleAndShift {
  scale: Parameter;
  shift: Parameter;
}

export interface RunningMoments {
  mean: Parameter;
  variance: Parameter;
}

interface InAndOut {
  input: BufferNumber;
  output: BufferNumber;
}

interface Backward {
  /** By the output. */
  gradient: BufferNumber;
  /** By the input: written, not added to. */
  inputGradient?: BufferNumber | undefined;
}

interface Masked {
  /** [rows, places]: 0 where a place does not count. Left out: all count. */
  mask?: BufferNumber | undefined;
}

interface Part {
  places: number;
  channels: number;
  first: number;
  count: number;
}

interface Heads {
  places: number;
  heads: number;
  /** Numbers of a head. */
  size: number;
}

export interface RecurrentParameters extends WeightsAndBias {
  recurrentWeights: Parameter;
  recurrentBias: Parameter;
}

interface Recurrent extends Masked {
  input: BufferNumber;
  parameters: RecurrentParameters;
  places: number;
  channels: number;
  units: number;
  /** Whether the output is every state and not the last alone. */
  sequences: boolean;
  /** [rows, places, 3 · units]: x · W + b, then the gates. */
  projected: BufferNumber;
  /** [rows, places, units]: the state before each step, zeros first. */
  previous: BufferNumber;
  /** [rows, places, units]: h · Un + cn. */
  candidate: BufferNumber;
}

interface LossBuffers {
  outputs: BufferNumber;
  targets: BufferNumber;
  gradient: BufferNumber;
}

export type LossOperation = OperationOf<Loss>;

export type Operation =
  /** output = activation(input · weights + bias), each of the places of a row by itself: [rows × places, channels] to [rows × places, units]. */
  | ({ kind: 'dense'; parameters: WeightsAndBias; places: number; activation: FusedActivation } & InAndOut)
  | ({ kind: 'denseGradient'; input: BufferNumber; parameters: WeightsAndBias; places: number } & Backward)
  /** output = activation(input ∗ weights + bias); cross-correlation, as everywhere. Depthwise: output channel c · multiplier + m. */
  | ({ kind: 'conv2d' | 'depthwiseConv2d'; parameters: WeightsAndBias; window: Window2d; activation: FusedActivation } & InAndOut)
  | ({ kind: 'conv2dGradient' | 'depthwiseConv2dGradient'; input: BufferNumber; parameters: WeightsAndBias; window: Window2d } & Backward)
  | ({ kind: 'maxPool2d' | 'averagePool2d'; window: Window2d } & InAndOut)
  /**
   * To the first of equal maxima, in the order of rows and columns. With `relu`, `input` is the output of a relu and the gradient is that by
   * what the relu was given: zero where the maximum is not positive.
   */
  | ({ kind: 'maxPool2dGradient'; input: BufferNumber; output: BufferNumber; window: Window2d; relu: boolean } & Required<Backward>)
  | ({ kind: 'averagePool2dGradient'; window: Window2d } & Required<Backward>)
  /** Over the places that count. */
  | ({ kind: 'globalAveragePool'; places: number; channels: number } & Masked & InAndOut)
  | ({ kind: 'globalAveragePoolGradient'; places: number; channels: number } & Masked & Required<Backward>)
  | ({ kind: 'globalMaxPool'; places: number; channels: number } & Masked & InAndOut)
  /** To the first of equal maxima. */
  | ({ kind: 'globalMaxPoolGradient'; input: BufferNumber; output: BufferNumber; places: number; channels: number } & Masked &
      Required<Backward>)
  /**
   * While training: by the moments of the batch, over rows and places. Leaves mean and 1 / √(variance + epsilon) [2, channels] in `moments`,
   * and moves the running ones: running = momentum · running + (1 − momentum) · moment. Variances divide by the count, as in Keras.
   */
  | ({
      kind: 'batchNormalization';
      parameters: ScaleAndShift & RunningMoments;
      moments: BufferNumber;
      places: number;
      channels: number;
      momentum: number;
      epsilon: number;
    } & InAndOut)
  | ({
      kind: 'batchNormalizationGradient';
      input: BufferNumber;
      parameters: ScaleAndShift;
      moments: BufferNumber;
      places: number;
      channels: number;
    } & Backward)
  /** When answering: by the running moments. */
  | ({
      kind: 'runningNormalization';
      parameters: ScaleAndShift & RunningMoments;
      places: number;
      channels: number;
      epsilon: number;
    } & InAndOut)
  | ({ kind: 'layerNormalization'; parameters: ScaleAndShift; places: number; channels: number; epsilon: number } & InAndOut)
  | ({
      kind: 'layerNormalizationGradient';
      input: BufferNumber;
      parameters: ScaleAndShift;
      places: number;
      channels: number;
      epsilon: number;
    } & Backward)
  /** Input: indices [rows, length]; output [rows, length, dimension]. */
  | ({ kind: 'embedding'; weights: Parameter; length: number; vocabulary: number; dimension: number } & InAndOut)
  | {
      kind: 'embeddingGradient';
      input: BufferNumber;
      gradient: BufferNumber;
      weights: Parameter;
      length: number;
      vocabulary: number;
      dimension: number;
    }
  /** The sum of all inputs; with one, a copy. */
  | { kind: 'add'; inputs: BufferNumber[]; output: BufferNumber }
  /** [rows × places, channels of each] side by side: [rows × places, the sum of channels]. */
  | { kind: 'concatenate'; inputs: BufferNumber[]; output: BufferNumber; places: number; channels: number[] }
  /** Numbers `first` to `first` + `count` − 1 of each of [rows × places, channels]. */
  | ({ kind: 'slice' } & Part & InAndOut)
  /** Zero for what the slice left out. */
  | ({ kind: 'sliceGradient' } & Part & Required<Backward>)
  /** [rows, places]: 0 where all channels of a place are `padding`, 1 elsewhere. */
  | ({ kind: 'mask'; places: number; channels: number; padding: number } & InAndOut)
  /** output = input + weights, the same for every row. */
  | ({ kind: 'position'; weights: Parameter } & InAndOut)
  | { kind: 'positionGradient'; gradient: BufferNumber; weights: Parameter }
  /** As `LayerSpec` says. `projected`, `previous` and `candidate` are kept for the way back; `product` is where a step's h · U + c goes. */
  | ({ kind: 'gru'; output: BufferNumber; product: BufferNumber } & Recurrent)
  /** Uses up what the forward pass has kept. `carry` and `back` [rows, units] are what reaches a state from the step after it. */
  | ({ kind: 'gruGradient'; carry: BufferNumber; back: BufferNumber } & Recurrent & Backward)
  /** Input [rows, places, 3, heads, size]: queries, keys and values; output [rows, places, heads, size]; `shares` [rows, heads, places, places]. */
  | ({ kind: 'attention'; shares: BufferNumber; isCausal: boolean } & Heads & Masked & InAndOut)
  /** Uses up the shares. */
  | ({ kind: 'attentionGradient'; input: BufferNumber; shares: BufferNumber } & Heads & Required<Backward>)
  | ({ kind: 'activation'; activation: Activation } & InAndOut)
  /** gradient ×= derivative, in place; `value` is the output of a fused activation, the input of the others. */
  | { kind: 'activationGradient'; activation: Activation; value: BufferNumber; gradient: BufferNumber }
  | ({ kind: 'dropout'; rate: number; layer: number } & InAndOut)
  /** In place, with the mask of the forward pass. */
  | { kind: 'dropoutGradient'; gradient: BufferNumber; rate: number; layer: number }
  | ({ kind: 'softmax' | 'sigmoid' } & InAndOut)
  /**
   * The mean loss over the batch (over rows for softmaxCrossEntropy, over all outputs for the others) and its gradient by `outputs`.
   * Targets are class indices [rows], or values [rows, outputs]: those of sigmoidCrossEntropy lie in [0, 1]. `smoothing` and `delta` are said in
   * `NetworkOptions` and `ModelSpec`.
   */
  | ({ kind: 'softmaxCrossEntropy' | 'sigmoidCrossEntropy'; smoothing: number } & LossBuffers)
  | ({ kind: 'meanSquaredError' | 'meanAbsoluteError' } & LossBuffers)
  | ({ kind: 'huber'; delta: number } & LossBuffers)
  /** Every learned parameter, by the optimizer of `NetworkOptions`. */
  | { kind: 'update' };

export type OperationOf<Kind extends Operation['kind']> = Operation extends infer Member
  ? Member extends { kind: infer Kinds }
    ? Kind extends Kinds
      ? Member
      : never
    : never
  : never;

const bufferFields = [
  'input',
  'output',
  'value',
  'outputs',
  'targets',
  'moments',
  'mask',
  'projected',
  'previous',
  'candidate',
  'product',
  'carry',
  'back',
  'shares',
  'gradient',
  'inputGradient',
] as const;

/** The buffers that an operation reads or writes. */
export function buffersOf(operation: Operation): BufferNumber[] {
  const fields = operation as Partial<Record<(typeof bufferFields)[number], BufferNumber>>;
  const several = 'inputs' in operation ? operation.inputs : [];
  return [...several, ...bufferFields.flatMap((field) => fields[field] ?? [])];
}
