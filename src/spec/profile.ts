/** What a profile says of a dataset: every figure with the error that it may have, and what a user should do about what was found. */
import * as z from 'zod/mini';
import { fieldTypes } from './field-type.js';

/** Kept profiles of another version are made anew. */
export const profileVersion = 1;

/** Shares below which the quantiles lie, in the order in which they are given. */
export const quantileLevels = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1] as const;

/** A count that may be an estimate: `error` is its relative standard error, 0 where it is exact. */
const Estimate = z.object({ value: z.number(), error: z.number() });

export const NumberProfile = z.object({
  minimum: z.number(),
  maximum: z.number(),
  mean: z.number(),
  /** With n − 1. */
  standardDeviation: z.number(),
  /** Third standardized moment; 0 for a symmetric column, positive with a long tail to the right. */
  skewness: z.number(),
  /** At `quantileLevels`. */
  quantiles: z.array(z.number()),
  /** Each quantile lies within this share of rows of where it should (99 of 100 times); 0 where they are exact. */
  quantileError: z.number(),
  /** Counts in bins of equal width from `from` to `to`, and of what lies outside, so that a long tail does not hide everything. */
  histogram: z.object({
    from: z.number(),
    to: z.number(),
    counts: z.array(z.number()),
    below: z.number(),
    above: z.number(),
    exact: z.boolean(),
  }),
  /** Values beyond 1.5 interquartile ranges from the quartiles (Tukey). */
  outliers: z.object({ count: z.number(), lower: z.number(), upper: z.number(), exact: z.boolean() }),
});
export type NumberProfile = z.infer<typeof NumberProfile>;

/** How an association was measured. All lie between 0 (none) and 1 (one says all of the other). */
export const associationMeasures = [
  'spearman',
  'correlation-ratio',
  'correlation-ratio-ranks',
  'correlation-ratio-bins',
  'cramers-v',
  'cramers-v-bins',
] as const;
export type AssociationMeasure = (typeof associationMeasures)[number];

export const Association = z.object({
  value: z.number(),
  measure: z.enum(associationMeasures),
  /** Of two numbers: with its sign. */
  pearson: z.optional(z.number()),
  spearman: z.optional(z.number()),
  /** Share of the target's entropy that is known once the column is (the uncertainty coefficient); of classes. */
  information: z.optional(z.number()),
  /** Rows in which both are there. */
  rows: z.number(),
});
export type Association = z.infer<typeof Association>;

/** How well the column alone predicts the target on rows that it was not fitted on. */
export const Alone = z.object({ metric: z.enum(['accuracy', 'r2']), score: z.number(), baseline: z.number() });
export type Alone = z.infer<typeof Alone>;

export const ProfiledColumn = z.object({
  name: z.string(),
  type: z.enum(fieldTypes),
  reason: z.string(),
  missing: z.number(),
  distinct: Estimate,
  /** Most frequent values; each may have occurred up to `error` times more than said. */
  top: z.optional(z.object({ values: z.array(z.object({ value: z.string(), count: z.number() })), error: z.number() })),
  numbers: z.optional(NumberProfile),
  /** Characters of texts. */
  lengths: z.optional(z.object({ shortest: z.number(), longest: z.number(), mean: z.number() })),
  association: z.optional(Association),
  alone: z.optional(Alone),
});
export type ProfiledColumn = z.infer<typeof ProfiledColumn>;

export const Repeats = z.object({
  /** Rows that are the same as an earlier one. */
  rows: z.number(),
  error: z.number(),
  /** The row that is repeated most often first: its number, from 1, and how often it occurs. */
  examples: z.array(z.object({ row: z.number(), count: z.number() })),
});
export type Repeats = z.infer<typeof Repeats>;

export const findingCodes = [
  'leak-copy',
  'leak-predicts',
  'leak-missing',
  'leak-order',
  'duplicate-rows',
  'repeated-inputs',
  'class-imbalance',
  'rare-classes',
  'near-constant',
  'mostly-missing',
  'missing-together',
  'same-column',
  'many-outliers',
] as const;

/** Something to do about: what was found, in which columns, and the advice. */
export const Finding = z.object({
  code: z.enum(findingCodes),
  /** `bad`: results will be wrong; `warn`: look at it; `note`: good to know. */
  severity: z.enum(['bad', 'warn', 'note']),
  message: z.string(),
  advice: z.string(),
  columns: z.array(z.string()),
});
export type Finding = z.infer<typeof Finding>;

export const Profile = z.object({
  version: z.literal(profileVersion),
  /** Of the dataset. */
  hash: z.string(),
  rows: z.number(),
  /** Rows on which what concerns two columns was measured: all, or drawn at random with a seed. */
  sampled: z.number(),
  target: z.optional(z.string()),
  /** Columns that are likely to be learnt, the likeliest first, and why. */
  targets: z.array(z.object({ name: z.string(), reason: z.string() })),
  columns: z.array(ProfiledColumn),
  /** Of the columns that say most: pearson between numbers, else as `Association`; null where there is none. */
  correlations: z.object({ columns: z.array(z.string()), values: z.array(z.array(z.nullable(z.number()))) }),
  duplicates: z.extend(Repeats, {
    /** The same without the columns that are identifiers, where there are any. */
    besideIdentifiers: z.optional(Repeats),
  }),
  missing: z.object({
    completeRows: z.number(),
    /** Columns that are missing together, in how many rows: the most frequent first. */
    patterns: z.array(z.object({ columns: z.array(z.string()), rows: z.number() })),
    /** False where there were more patterns than are told apart. */
    exact: z.boolean(),
  }),
  classes: z.optional(
    z.object({
      count: z.number(),
      largest: z.object({ value: z.string(), share: z.number() }),
      smallest: z.optional(z.object({ value: z.string(), share: z.number() })),
    }),
  ),
  findings: z.array(Finding),
});
export type Profile = z.infer<typeof Profile>;
