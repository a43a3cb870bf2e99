/** What was seen of a training while it went on: how weights and gradients were spread, and what it answered on a few rows, by epoch. */
import * as z from 'zod/mini';

/** At most so many rows are followed. */
export const mostExamples = 8;
/** At most so many epochs are kept, fewer for networks of many tensors. */
export const mostInsightEpochs = 128;

const count = z.number().check(z.int(), z.minimum(0));
/** Of one tensor. */
export const Distribution = z.object({
  /** Euclidean length; null where not all numbers are finite. */
  norm: z.nullable(z.number()),
  /** Share of numbers that are exactly 0. Of a bias's gradients: of units that learnt nothing from the step. */
  zeros: z.number(),
  /** Numbers by sign and power of two (`stats/magnitudes.ts`), from bin `first` to the last that is not empty. */
  first: count,
  counts: z.array(count).check(z.maxLength(65)),
});
export type Distribution = z.infer<typeof Distribution>;

/** The class by its number, its probability and that of the true class; or the value. */
export const ExampleAnswer = z.object({ answer: z.number(), probability: z.optional(z.number()), ofTruth: z.optional(z.number()) });
export type ExampleAnswer = z.infer<typeof ExampleAnswer>;

export const InsightEpoch = z.object({
  /** From 1. */
  epoch: count,
  /** By tensor, after the epoch. */
  weights: z.optional(z.array(Distribution).check(z.maxLength(4096))),
  /** By tensor, in the epoch's last step, as the optimizer was given them: after clipping. */
  gradients: z.optional(z.array(Distribution).check(z.maxLength(4096))),
  /** By example. */
  answers: z.array(ExampleAnswer).check(z.maxLength(mostExamples)),
});
export type InsightEpoch = z.infer<typeof InsightEpoch>;

export const InsightTensor = z.object({
  /** The layer's place in the network, from 0, and what it is. */
  layer: count,
  kind: z.string(),
  role: z.string(),
  shape: z.array(count).check(z.maxLength(8)),
  size: count,
  /** Numbers that are looked at, evenly spread; of small tensors all. */
  looked: count,
});
export type InsightTensor = z.infer<typeof InsightTensor>;

export const RunInsight = z.object({
  /** What learns, from input to output. */
  tensors: z.array(InsightTensor).check(z.maxLength(4096)),
  /** Validation rows that are followed: by their number in the dataset, with what is true. */
  examples: z.array(z.object({ row: count, actual: z.union([z.string(), z.number()]) })).check(z.maxLength(mostExamples)),
  /** Of a classification: what the numbers of answers stand for. */
  classes: z.optional(z.array(z.string())),
  /** Epochs 1, 1 + every, 1 + 2 · every and so forth are kept. More than 1 where epochs are short; doubles when there would be too many. */
  every: count,
  epochs: z.array(InsightEpoch).check(z.maxLength(mostInsightEpochs)),
});
export type RunInsight = z.infer<typeof RunInsight>;
