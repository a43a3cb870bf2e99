/** A network as data: layers from input to output, and the loss that its outputs are trained on. */
import * as z from 'zod/mini';

export const activations = ['linear', 'relu', 'tanh', 'sigmoid', 'gelu'] as const;
export const Activation = z.enum(activations);
export type Activation = z.infer<typeof Activation>;

const positiveInteger = z.number().check(z.int(), z.minimum(1), z.maximum(1 << 20));

export const DenseLayer = z.object({ kind: z.literal('dense'), units: positiveInteger, activation: Activation });
export const DropoutLayer = z.object({
  kind: z.literal('dropout'),
  /** Share of values set to zero while training; the others are divided by (1 − rate). */
  rate: z.number().check(z.minimum(0), z.maximum(0.95)),
});
export const LayerSpec = z.discriminatedUnion('kind', [DenseLayer, DropoutLayer]);
export type LayerSpec = z.infer<typeof LayerSpec>;

export const losses = ['softmaxCrossEntropy', 'meanSquaredError'] as const;
export const Loss = z.enum(losses);
export type Loss = z.infer<typeof Loss>;

export const ModelSpec = z.object({
  /** Length of one example. */
  inputs: positiveInteger,
  /** The last layer is dense and linear: it gives logits (softmaxCrossEntropy) or values (meanSquaredError). */
  layers: z.array(LayerSpec).check(z.minLength(1), z.maxLength(64)),
  loss: Loss,
});
export type ModelSpec = z.infer<typeof ModelSpec>;
