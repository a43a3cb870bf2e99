/** What a search for a learning rate is asked for, and what it found. */
import * as z from 'zod/mini';
import { deviceNames } from './device-name.js';
import { Task } from './task.js';

const rate = z.number().check(z.positive(), z.maximum(1000));

export const RateSearch = z.object({
  /** The rate of the first step. Left out: 1e-7. */
  from: z.optional(rate),
  /** The rate of the last step, where the loss does not diverge before. Left out: 10. */
  to: z.optional(rate),
  /** Left out: 200. */
  steps: z.optional(z.number().check(z.int(), z.minimum(20), z.maximum(10_000))),
});
export type RateSearch = z.infer<typeof RateSearch>;

export const RatePoint = z.strictObject({
  rate: z.number(),
  /** Of the step's batch, before the step. */
  loss: z.number(),
  /** A running mean of the losses up to here, corrected for its beginning. */
  smoothed: z.number(),
});
export type RatePoint = z.infer<typeof RatePoint>;

export const RateFinding = z.strictObject({
  task: Task,
  target: z.string(),
  device: z.enum(deviceNames),
  preset: z.string(),
  seed: z.number(),
  batchSize: z.number(),
  /** What the training would have taken by itself, or was asked to take. */
  learningRate: z.number(),
  /** A tenth of `lowest`. */
  suggestion: z.number(),
  /** Where the smoothed loss is lowest. */
  lowest: z.number(),
  /** Where the smoothed loss falls fastest, by the logarithm of the rate. */
  steepest: z.number(),
  /** Whether it ended because the loss grew, or stopped being a number. */
  diverged: z.boolean(),
  curve: z.array(RatePoint),
});
export type RateFinding = z.infer<typeof RateFinding>;
