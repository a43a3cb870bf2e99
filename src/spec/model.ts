/** A network as data: layers from input to output, and the loss that its outputs are trained on. */
import * as z from 'zod/mini';

/** Engines know them by their place in this list: append, never reorder. */
export const activations = ['linear', 'relu', 'tanh', 'sigmoid', 'gelu', 'silu', 'elu', 'leakyRelu'] as const;
export const Activation = z.enum(activations);
export type Activation = z.infer<typeof Activation>;

const positiveInteger = z.number().check(z.int(), z.minimum(1), z.maximum(1 << 20));
const extent = z.number().check(z.int(), z.minimum(1), z.maximum(4096));
const pair = z.tuple([extent, extent]);
const border = z.number().check(z.int(), z.minimum(0), z.maximum(4096));

/**
 * `valid` adds nothing; `same` makes the output as large as the input divided by the strides, with the odd cell at the bottom and right, as
 * TensorFlow does; or [top, left, bottom, right] cells.
 */
const Padding = z.union([z.enum(['valid', 'same']), z.tuple([border, border, border, border])]);
export type Padding = z.infer<typeof Padding>;

/** A layer that moves a window over [height, width, channels]. Left out: strides 1, dilation 1, padding `valid`. */
const convolving = {
  kernel: pair,
  strides: z.optional(pair),
  dilation: z.optional(pair),
  padding: z.optional(Padding),
  activation: Activation,
};
/** Left out: strides as the size, padding `valid`. Cells of padding count neither for the maximum nor for the average. */
const pooling = { size: pair, strides: z.optional(pair), padding: z.optional(Padding) };
const epsilon = z.optional(z.number().check(z.positive(), z.maximum(1)));

export const LayerSpec = z.discriminatedUnion('kind', [
  /** Of a flat example: [inputs] to [units]. */
  z.object({ kind: z.literal('dense'), units: positiveInteger, activation: Activation }),
  z.object({
    kind: z.literal('dropout'),
    /** Share of values set to zero while training; the others are divided by (1 − rate). */
    rate: z.number().check(z.minimum(0), z.maximum(0.95)),
  }),
  z.object({ kind: z.literal('conv2d'), filters: extent, ...convolving }),
  /** Each channel by itself: gives channels × `multiplier` (1 when left out), those of one input channel side by side. */
  z.object({ kind: z.literal('depthwiseConv2d'), multiplier: z.optional(extent), ...convolving }),
  z.object({ kind: z.literal('maxPool2d'), ...pooling }),
  z.object({ kind: z.literal('averagePool2d'), ...pooling }),
  /** The mean over all places: [..., channels] to [channels]. */
  z.object({ kind: z.literal('globalAveragePool') }),
  z.object({ kind: z.literal('flatten') }),
  z.object({ kind: z.literal('activation'), activation: Activation }),
  /**
   * Per channel, over the batch and all places while training, by running moments afterwards (1502.03167). `momentum` is what stays of a
   * running moment in a step: 0.9 when left out. `epsilon`: 0.001.
   */
  z.object({
    kind: z.literal('batchNormalization'),
    momentum: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
    epsilon,
  }),
  /** Over the channels of each place by itself (1607.06450). `epsilon`: 0.001 when left out. */
  z.object({ kind: z.literal('layerNormalization'), epsilon }),
  /** First of all layers: [length] of indices below `vocabulary` to [length, dimension]. */
  z.object({ kind: z.literal('embedding'), vocabulary: positiveInteger, dimension: extent }),
]);
export type LayerSpec = z.infer<typeof LayerSpec>;
export type LayerOf<Kind extends LayerSpec['kind']> = Extract<LayerSpec, { kind: Kind }>;

/** Losses of values; targets are [rows, outputs]. The least sensitive to outliers is the mean absolute error, then Huber's. */
export const valueLosses = ['meanSquaredError', 'meanAbsoluteError', 'huber'] as const;

/**
 * `softmaxCrossEntropy` is for one class of many: targets are class indices [rows]. `sigmoidCrossEntropy` is for outputs that are each yes or no by
 * itself, such as several labels of one example: targets are [rows, outputs] in [0, 1], and the mean is over all outputs.
 */
export const losses = ['softmaxCrossEntropy', ...valueLosses, 'sigmoidCrossEntropy'] as const;
export const Loss = z.enum(losses);
export type Loss = z.infer<typeof Loss>;

export const ModelSpec = z.object({
  /** Numbers in one example. */
  inputs: positiveInteger,
  /** How they are arranged: [height, width, channels] for a picture. Left out: [inputs]. */
  shape: z.optional(z.array(positiveInteger).check(z.minLength(1), z.maxLength(3))),
  /** The last layer is dense and linear: it gives logits (the cross-entropies) or values (the other losses). */
  layers: z.array(LayerSpec).check(z.minLength(1), z.maxLength(256)),
  loss: Loss,
  /**
   * Of `huber` only: differences d up to here cost d² / 2, larger ones delta · (|d| − delta / 2), as PyTorch's HuberLoss. 1 when left out.
   */
  delta: z.optional(z.number().check(z.minimum(1e-6), z.maximum(1e6))),
});
export type ModelSpec = z.infer<typeof ModelSpec>;

/** Whether answers are values as they are, and not probabilities. */
export const hasValues = ({ loss }: Pick<ModelSpec, 'loss'>): boolean => (valueLosses as readonly Loss[]).includes(loss);
