/**
 * Preprocessing as data. A `FittedPipeline` holds what was learnt from training rows only and is part of the model: what
 * serves is what trained. Records of version 1 are read by `currentPipeline`.
 */
import * as z from 'zod/mini';
import { fieldTypes } from './field-type.js';
import { FittedStep } from './fitted-steps.js';
import { Derivation, WindowSpec } from './pipeline-spec.js';

/** How the rows of a series follow each other. A regular interval is in milliseconds where times are dates. */
export const Cadence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('regular'), interval: z.number() }),
  z.object({ kind: z.literal('months'), months: z.number() }),
  z.object({ kind: z.literal('weekdays') }),
]);
export type Cadence = z.infer<typeof Cadence>;

/** Of a forecast: an output for each of the next `horizon` rows of the series, in this order. */
export const FittedAhead = z.object({
  horizon: z.number(),
  /** Rows after which the series repeats itself; 1 where it does not. */
  season: z.number(),
  cadence: Cadence,
  /** Of each series (the group's value, empty where there is one series): its mean absolute difference from a season before, in the training rows. */
  scales: z.array(z.object({ series: z.string(), scale: z.nullable(z.number()) })),
});
export type FittedAhead = z.infer<typeof FittedAhead>;

/** The last rows that the model knows of each series, for what comes after them. */
export const LatestRows = z.object({
  rows: z.number(),
  columns: z.array(z.object({ name: z.string(), values: z.array(z.nullable(z.union([z.number(), z.string()]))) })),
});
export type LatestRows = z.infer<typeof LatestRows>;

export const FittedTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classes'), column: z.string(), classes: z.array(z.string()) }),
  z.object({
    kind: z.literal('value'),
    column: z.string(),
    transform: z.enum(['none', 'signed-log']),
    mean: z.number(),
    deviation: z.number(),
  }),
  z.extend(FittedAhead, {
    kind: z.literal('series'),
    column: z.string(),
    transform: z.enum(['none', 'signed-log']),
    mean: z.number(),
    deviation: z.number(),
  }),
  z.object({
    kind: z.literal('labels'),
    column: z.string(),
    /** Those of the training rows, by code units. */
    labels: z.array(z.string()),
    /** What stands between the labels of a cell; `json`: a cell is a JSON list. */
    separator: z.string(),
  }),
  z.object({
    kind: z.literal('anomaly'),
    /** Whose known values judge, and are never learnt from; empty where there is none. */
    column: z.string(),
    /** Its values of rows that are no anomalies. */
    normal: z.array(z.string()),
    /** Share of ordinary rows that may lie above the threshold. */
    contamination: z.number(),
    /** Scores above this are anomalies. Left out while it is trained: it is a quantile of the validation rows' scores. */
    threshold: z.optional(z.number()),
    /** [columns]: the validation rows' mean error in each, which errors are measured by. A model from before it was kept has none. */
    usual: z.optional(z.array(z.number())),
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
  latest: z.optional(LatestRows),
  derived: z.array(FittedDerivation),
  steps: z.array(FittedStep),
  target: FittedTarget,
  /** Columns left out, each with the reason. */
  ignored: z.array(IgnoredColumn),
  /** Length of one transformed example. */
  inputs: z.number(),
});
export type FittedPipeline = z.infer<typeof FittedPipeline>;
