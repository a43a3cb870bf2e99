/** Fitted pipelines of saved models in the form of today. */
import * as z from 'zod/mini';
import { fieldTypes } from './field-type.js';
import { FittedCategory, FittedPicture } from './fitted-steps.js';
import { type FittedPipeline, FittedTarget, IgnoredColumn } from './pipeline.js';
import { validate } from './validate.js';

/** As it was in version 1: `mean` and `deviation` in place of `centre` and `scale`, and only columns that a step reads. */
const FirstPipeline = z.object({
  version: z.literal(1),
  steps: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('number'),
        column: z.string(),
        type: z.enum(fieldTypes),
        fill: z.number(),
        transform: z.enum(['none', 'signed-log']),
        mean: z.number(),
        deviation: z.number(),
        indicator: z.boolean(),
      }),
      FittedCategory,
      FittedPicture,
    ]),
  ),
  target: FittedTarget,
  ignored: z.array(IgnoredColumn),
  inputs: z.number(),
});
type FirstPipeline = z.infer<typeof FirstPipeline>;

/**
 * A stored pipeline of any version as one of today's; one of today's is answered as it is.
 * @throws InputError `invalid-pipeline` naming what is wrong in an earlier one
 */
export function currentPipeline(stored: { version: number }): FittedPipeline {
  if (stored.version === 2) return stored as FittedPipeline;
  return fromFirst(validate(FirstPipeline, stored, 'pipeline'));
}

function fromFirst({ steps, target, ignored, inputs }: FirstPipeline): FittedPipeline {
  return {
    version: 2,
    reads: steps.map(({ column }) => column),
    derived: [],
    steps: steps.map((step) => {
      if (step.kind !== 'number') return step;
      const { mean, deviation, ...rest } = step;
      return { ...rest, centre: mean, scale: deviation };
    }),
    target,
    ignored,
    inputs,
  };
}
