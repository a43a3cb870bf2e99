/**
 * Preprocessing as data. A `FittedPipeline` holds what was learnt from training rows only and is part of the model: what
 * serves is what trained. Records of version 1 are read by `currentPipeline`.
 */
import * as z from 'zod/mini';
import { fieldTypes } from './field-type.js';
import { FittedStep } from './fitted-steps.js';
import { Derivation, WindowSpec } from './pipeline-spec.js';

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

/** A derived column: its type, and the columns that it is computed from with theirs. */
export const FittedDerivation = z.extend(Derivation, {
  type: z.enum(fieldTypes),
  reads: z.array(z.object({ column: z.string(), type: z.enum(fieldTypes) })),
});
export type FittedDerivation = z.infer<typeof FittedDerivation>;

/** A column that is left out, and why. */
export const IgnoredColumn = z.object({ column: z.string(), reason: z.string() });
export type IgnoredColumn = z.infer<typeof IgnoredColumn>;

export const FittedPipeline = z.object({
  version: z.literal(2),
  /** Columns of the table that are read: by the steps, or by what is derived for them. */
  reads: z.array(z.string()),
  /** Values of earlier rows as columns of their own, before anything is derived. */
  windows: z.optional(WindowSpec),
  derived: z.array(FittedDerivation),
  steps: z.array(FittedStep),
  target: FittedTarget,
  /** Columns left out, each with the reason. */
  ignored: z.array(IgnoredColumn),
  /** Length of one transformed example. */
  inputs: z.number(),
});
export type FittedPipeline = z.infer<typeof FittedPipeline>;
