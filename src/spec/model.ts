/** A network as data: layers in an order in which they can be computed, and the loss that the last one's outputs are trained on. */
import * as z from 'zod/mini';
import { LayerSpec, positiveInteger } from './layer.js';

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
  /** How they are arranged: [height, width, channels] for a picture, [length, channels] for a sequence. Left out: [inputs]. */
  shape: z.optional(z.array(positiveInteger).check(z.minLength(1), z.maxLength(3))),
  /**
   * Each reads the one before it, or by `from` any before it: what a layer gives may be read by several, and is read by one at least. The last is
   * dense and linear: it gives logits (the cross-entropies) or values (the other losses).
   */
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
