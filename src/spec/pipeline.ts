/**
 * Preprocessing as data. A `FittedPipeline` holds what was learnt from training rows only and is part of the model: what
 * serves is what trained.
 */
import * as z from 'zod/mini';
import { PictureSize } from './field.js';
import { fieldTypes } from './field-type.js';

/** (value − mean) / deviation; a missing value becomes `fill` first; with `indicator`, one more input says "was missing". */
export const FittedNumber = z.object({
  kind: z.literal('number'),
  column: z.string(),
  type: z.enum(fieldTypes),
  fill: z.number(),
  /** 'signed-log' compresses a heavily skewed column: sign(v) · log(1 + |v|), before scaling. */
  transform: z.enum(['none', 'signed-log']),
  mean: z.number(),
  deviation: z.number(),
  indicator: z.boolean(),
});
export type FittedNumber = z.infer<typeof FittedNumber>;

/** One input for each category seen in training; an unseen or missing one has `other`, the last input, where there is one. */
export const FittedCategory = z.object({
  kind: z.literal('category'),
  column: z.string(),
  type: z.enum(fieldTypes),
  categories: z.array(z.string()),
  other: z.boolean(),
});
export type FittedCategory = z.infer<typeof FittedCategory>;

/**
 * Pixels as they lie, [height, width, channels], each (value / 255 − mean) / deviation of its channel. A picture of another size is resized
 * first. A pipeline with this step has no other: the network then sees the picture's shape.
 */
export const FittedPicture = z.object({
  kind: z.literal('picture'),
  column: z.string(),
  size: PictureSize,
  /** Of each channel, over all pixels of the training rows, each as value / 255. */
  mean: z.array(z.number()),
  deviation: z.array(z.number()),
});
export type FittedPicture = z.infer<typeof FittedPicture>;

export const FittedStep = z.discriminatedUnion('kind', [FittedNumber, FittedCategory, FittedPicture]);
export type FittedStep = z.infer<typeof FittedStep>;

export const FittedTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classes'), column: z.string(), classes: z.array(z.string()) }),
  z.object({
    kind: z.literal('value'),
    column: z.string(),
    transform: z.enum(['none', 'signed-log']),
    mean: z.number(),
    deviation: z.number(),
  }),
]);
export type FittedTarget = z.infer<typeof FittedTarget>;

export const FittedPipeline = z.object({
  version: z.literal(1),
  steps: z.array(FittedStep),
  target: FittedTarget,
  /** Columns left out, each with the reason. */
  ignored: z.array(z.object({ column: z.string(), reason: z.string() })),
  /** Length of one transformed example. */
  inputs: z.number(),
});
export type FittedPipeline = z.infer<typeof FittedPipeline>;
