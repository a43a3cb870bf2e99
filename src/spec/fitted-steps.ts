/** The fitted steps of a pipeline as data: what each learnt from the training rows, and all that applying it needs. */
import * as z from 'zod/mini';
import { PictureSize } from './field.js';
import { fieldTypes } from './field-type.js';

/** What every step says of the column that it reads. */
const reads = { column: z.string(), type: z.enum(fieldTypes) };

/** (value − centre) / scale; a missing value becomes `fill` first; with `indicator`, one more input says "was missing". */
export const FittedNumber = z.object({
  kind: z.literal('number'),
  ...reads,
  fill: z.number(),
  /** 'signed-log' compresses a heavily skewed column: sign(v) · log(1 + |v|), before scaling. */
  transform: z.enum(['none', 'signed-log']),
  centre: z.number(),
  scale: z.number(),
  indicator: z.boolean(),
});
export type FittedNumber = z.infer<typeof FittedNumber>;

/** One input for each category seen in training; an unseen or missing one has `other`, the last input, where there is one. */
export const FittedCategory = z.object({
  kind: z.literal('category'),
  ...reads,
  categories: z.array(z.string()),
  other: z.boolean(),
  /** What a missing value is taken for; left out, it is one of the others. */
  fill: z.optional(z.string()),
});
export type FittedCategory = z.infer<typeof FittedCategory>;

/** The number of a category, 1 + its position in `categories`, for a network to look up a learnt vector by; 0 where unseen or missing. */
export const FittedEmbedding = z.object({ kind: z.literal('embedding'), ...reads, categories: z.array(z.string()) });
export type FittedEmbedding = z.infer<typeof FittedEmbedding>;

/** The position of a category in `categories`, standardised; an unseen or missing one is 0, and `other`, where there is one, says so. */
export const FittedOrdinal = z.object({
  kind: z.literal('ordinal'),
  ...reads,
  categories: z.array(z.string()),
  centre: z.number(),
  scale: z.number(),
  other: z.boolean(),
});
export type FittedOrdinal = z.infer<typeof FittedOrdinal>;

/** The text of a value sets the input that its hash names to 1 or −1 (MurmurHash3, 32 bits, of its UTF-8). A missing value sets none. */
export const FittedHashing = z.object({ kind: z.literal('hashing'), ...reads, features: z.number() });
export type FittedHashing = z.infer<typeof FittedHashing>;

/** What the target is, on average, where the column has a certain value: of some rows, by category. */
export const TargetMeans = z.object({
  /** [width]: over all rows; what an unseen value is taken for, and what is subtracted. */
  prior: z.array(z.number()),
  /** [width]: the target's deviation, which is divided by. */
  scale: z.array(z.number()),
  /** [categories · width] */
  means: z.array(z.number()),
});
export type TargetMeans = z.infer<typeof TargetMeans>;

/** (smoothed mean of the target where the column has this value − prior) / scale: one input for a value or two classes, else one a class. */
export const FittedTargetEncoding = z.object({
  kind: z.literal('target'),
  ...reads,
  categories: z.array(z.string()),
  width: z.number(),
  /** Of all training rows: for every row that is not one of them. */
  whole: TargetMeans,
  /**
   * For the training rows, of which each is encoded by the rows of the other folds: `means[f]` leaves fold f out, and row r is of
   * fold `foldOf(seed, r, folds)`. Not part of a saved model, which never meets them again.
   */
  outOfFold: z.optional(z.object({ seed: z.number(), means: z.array(TargetMeans) })),
});
export type FittedTargetEncoding = z.infer<typeof FittedTargetEncoding>;

export const dateParts = ['year', 'month', 'day', 'weekday', 'hour'] as const;
export type DatePart = (typeof dateParts)[number];

/**
 * A date as time that passes, standardised, and as the hands of a clock: sine and cosine of each part's angle. A missing one is 0 in all,
 * and `indicator` says so. In UTC.
 */
export const FittedDate = z.object({
  kind: z.literal('date'),
  ...reads,
  /** Left out: time does not pass, or is not to be learnt from. */
  linear: z.optional(z.object({ centre: z.number(), scale: z.number() })),
  parts: z.array(z.enum(['month', 'day', 'weekday', 'hour'])),
  indicator: z.boolean(),
});
export type FittedDate = z.infer<typeof FittedDate>;

/** Tokens of a text, weighed and brought to length 1. */
export const FittedWords = z.object({
  kind: z.literal('words'),
  ...reads,
  tokeniser: z.literal('unicode words v1'),
  /** Up to so many neighbouring tokens, joined by a blank, are a term. */
  ngrams: z.number(),
  /** 1 + log(count) in place of a term's count. */
  sublinear: z.boolean(),
  /** Ascending by code units. */
  terms: z.array(z.string()),
  /** log((1 + texts) / (1 + texts with the term)) + 1 */
  idf: z.array(z.number()),
});
export type FittedWords = z.infer<typeof FittedWords>;

/** Tokens of a text counted by the hash of each term, with its sign, and brought to length 1. */
export const FittedHashedWords = z.object({
  kind: z.literal('hashed-words'),
  ...reads,
  tokeniser: z.literal('unicode words v1'),
  ngrams: z.number(),
  features: z.number(),
});
export type FittedHashedWords = z.infer<typeof FittedHashedWords>;

/**
 * The numbers of a text's tokens, place by place: 2 + its position in `terms`, 1 for any other token, 0 where the text has ended. What a text
 * has beyond `length` tokens is not read.
 */
export const FittedTokens = z.object({
  kind: z.literal('tokens'),
  ...reads,
  tokeniser: z.literal('unicode words v1'),
  /** Ascending by code units. */
  terms: z.array(z.string()),
  length: z.number(),
});
export type FittedTokens = z.infer<typeof FittedTokens>;

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

export const FittedStep = z.discriminatedUnion('kind', [
  FittedNumber,
  FittedCategory,
  FittedEmbedding,
  FittedOrdinal,
  FittedHashing,
  FittedTargetEncoding,
  FittedDate,
  FittedWords,
  FittedHashedWords,
  FittedTokens,
  FittedPicture,
]);
export type FittedStep = z.infer<typeof FittedStep>;
export const fittedStepKinds = [
  'number',
  'category',
  'embedding',
  'ordinal',
  'hashing',
  'target',
  'date',
  'words',
  'hashed-words',
  'tokens',
  'picture',
] as const satisfies readonly FittedStep['kind'][];
