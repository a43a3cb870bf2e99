/**
 * What is asked of a pipeline before it is fitted. Everything may be left out and is then decided from the data; names of columns and
 * classes are values here, never keys.
 */
import * as z from 'zod/mini';
import { fieldTypes } from './field-type.js';
import { dateParts } from './fitted-steps.js';

const share = z.number().check(z.minimum(0), z.maximum(1));
const whole = (least: number, most: number) => z.number().check(z.int(), z.minimum(least), z.maximum(most));
const ngrams = whole(1, 3);
const features = whole(2, 65_536);
/** Words of a text that a network reads, at most. */
export const longestText = 1024;

/** A number, whole number or date as one input. */
export const NumberStep = z.object({
  as: z.literal('number'),
  /** What a missing value becomes. Default: median. */
  impute: z.optional(z.union([z.enum(['median', 'mean', 'most-frequent']), z.number()])),
  /** One more input that says "was missing". Default: auto, where training rows lack values. */
  indicator: z.optional(z.enum(['auto', 'always', 'never'])),
  /** Compresses long tails before scaling: sign(v) · log(1 + |v|). Default: auto, where it halves a heavy skewness. */
  transform: z.optional(z.enum(['auto', 'none', 'signed-log'])),
  /** standard: mean and standard deviation; robust: median and interquartile range; min-max: to 0 … 1. Default: standard. */
  scale: z.optional(z.enum(['standard', 'robust', 'min-max', 'none'])),
});

/** One input a category. */
export const OneHotStep = z.object({
  as: z.literal('one-hot'),
  /** Categories with an input of their own, the most frequent first. Default: 256. */
  most: z.optional(whole(1, 65_536)),
  /** Training rows that a category needs for that. Default: 3. */
  fewest: z.optional(whole(1, 1_000_000)),
  /** What a missing value becomes. Default: other, the input of all other values. */
  impute: z.optional(z.enum(['other', 'most-frequent'])),
});

/** The number of a category, by which the network looks up a vector that it learns (1604.06737). Not for layers of one's own that look up none. */
export const EmbeddingStep = z.object({
  as: z.literal('embedding'),
  /** Categories with a vector of their own, the most frequent first. Default: 65536. */
  most: z.optional(whole(1, 65_536)),
  /** Training rows that a category needs for that; all others share one. Default: 2. */
  fewest: z.optional(whole(1, 1_000_000)),
});

/** The place of a category in an order. */
export const OrdinalStep = z.object({
  as: z.literal('ordinal'),
  /** From the least to the greatest. Default: texts by code units, numbers by size. */
  order: z.optional(z.array(z.string()).check(z.maxLength(65_536))),
});

/** A fixed number of inputs for any number of categories. */
export const HashingStep = z.object({ as: z.literal('hashing'), features: z.optional(features) });

/** The mean of the target for each category; training rows are encoded by the rows of other folds. */
export const TargetStep = z.object({
  as: z.literal('target'),
  folds: z.optional(whole(2, 20)),
  /** Rows' worth of the overall mean that is mixed into each category's. Default: 10. */
  smoothing: z.optional(z.number().check(z.minimum(0), z.maximum(1e6))),
});

/** A date as time that passes and as the hands of a clock. */
export const DateStep = z.object({
  as: z.literal('date'),
  /** `year` is time that passes. Default: those of which the training rows show more than one value. */
  parts: z.optional(z.array(z.enum(dateParts)).check(z.minLength(1))),
});

/** Words of a text, weighed by TF-IDF. */
export const WordsStep = z.object({
  as: z.literal('words'),
  /** Up to so many neighbouring words are a term. Default: 1. */
  ngrams: z.optional(ngrams),
  /** 1 + log(count) in place of a term's count. Default: true. */
  sublinear: z.optional(z.boolean()),
  /** Training rows that a term needs. Default: 2. */
  fewest: z.optional(whole(1, 1_000_000)),
  /** The share of training rows that a term may occur in. Default: 1. */
  mostShare: z.optional(share),
  /** Terms kept, the most frequent first. Default: 10000. */
  most: z.optional(features),
  /** Only terms whose presence is associated with the target in the training rows. Default: false. Automatic: true. */
  associated: z.optional(z.boolean()),
  /** Of these so many at least, where there are as many terms, the most associated first. Default: 0. Automatic: 4000 where there are no other columns. */
  atLeast: z.optional(whole(0, 65_536)),
});

/** Words of a text, counted by their hash. */
export const HashedWordsStep = z.object({ as: z.literal('hashed-words'), ngrams: z.optional(ngrams), features: z.optional(features) });

/** A text as the numbers of its words in their order, by which the network looks up vectors. For a network that reads sequences. */
export const TokensStep = z.object({
  as: z.literal('tokens'),
  /** Words with a number of their own, the most frequent first. Default: 20000. */
  most: z.optional(features),
  /** Training rows that a word needs for that; all others share one. Default: 2. */
  fewest: z.optional(whole(1, 1_000_000)),
  /** Words of a text that are read, from its beginning on. Default: as many as nine in ten training texts have, 8 to 256. */
  length: z.optional(whole(1, longestText)),
});

/** Pictures changed at random while training, so that a network learns what does not matter. Seeded by (seed, epoch, row). */
export const Augmentation = z.object({
  /** Half of the pictures are mirrored, left and right. */
  flip: z.optional(z.boolean()),
  /** Moved by at most this share of the width and of the height. */
  shift: z.optional(z.number().check(z.minimum(0), z.maximum(0.5))),
  /** Turned by at most so many degrees, either way. */
  rotate: z.optional(z.number().check(z.minimum(0), z.maximum(180))),
  /** Made brighter or darker by at most this share of the whole range. */
  brightness: z.optional(share),
  /** Cut out, and enlarged again, by at most this share of each side. */
  crop: z.optional(z.number().check(z.minimum(0), z.maximum(0.9))),
});
export type Augmentation = z.infer<typeof Augmentation>;

export const PictureStep = z.object({ as: z.literal('picture'), augment: z.optional(Augmentation) });

/** Not learnt from. */
export const LeaveOutStep = z.object({ as: z.literal('leave-out') });

export const ColumnStep = z.discriminatedUnion('as', [
  NumberStep,
  OneHotStep,
  EmbeddingStep,
  OrdinalStep,
  HashingStep,
  TargetStep,
  DateStep,
  WordsStep,
  HashedWordsStep,
  TokensStep,
  PictureStep,
  LeaveOutStep,
]);
export type ColumnStep = z.infer<typeof ColumnStep>;
export type StepKind = ColumnStep['as'];
/** What may be chosen of a step of one kind. */
export type StepOptions<Kind extends StepKind> = Omit<Extract<ColumnStep, { as: Kind }>, 'as'>;

/** Longest expression, in characters. */
export const longestExpression = 2000;

/** A column computed from others of its row. */
export const Derivation = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  expression: z.string().check(z.minLength(1), z.maxLength(longestExpression)),
});
export type Derivation = z.infer<typeof Derivation>;

/** Rows in time order as windows: each row gets the values of earlier rows of its group, and the target of a later one. */
export const WindowSpec = z.object({
  time: z.string(),
  /** Rows with the same value are one series. Default: all rows are. */
  group: z.optional(z.string()),
  /** Whose values are looked back at; the target may be among them. */
  columns: z.array(z.string()).check(z.minLength(1), z.maxLength(256)),
  /** Rows looked back at, this one among them. */
  length: whole(1, 1000),
  /** So many rows ahead lies the target that is to be told. */
  horizon: whole(1, 1000),
  /** All rows up to the horizon are told, with an output each. Default: only the one at it. */
  each: z.optional(z.boolean()),
  /** Only every so-manieth row of a series trains. Default: 1. */
  step: z.optional(whole(1, 1000)),
});
export type WindowSpec = z.infer<typeof WindowSpec>;

export const PipelineSpec = z.object({
  /** Steps of single columns; a derived column may be named too. */
  columns: z.optional(z.array(z.object({ column: z.string(), step: ColumnStep })).check(z.maxLength(100_000))),
  /** Steps of all other columns of a type. */
  types: z.optional(z.array(z.object({ type: z.enum(fieldTypes), step: ColumnStep })).check(z.maxLength(fieldTypes.length))),
  /** Only these are learnt from. Default: all. */
  select: z.optional(z.array(z.string()).check(z.minLength(1))),
  /** In this order: a later one may use an earlier one. */
  derive: z.optional(z.array(Derivation).check(z.maxLength(256))),
  windows: z.optional(WindowSpec),
  /** How much the rows of a class count; `balanced`: all classes together the same. A class that is not named counts 1. */
  classWeights: z.optional(
    z.union([
      z.literal('balanced'),
      z.array(z.object({ class: z.string(), weight: z.number().check(z.positive(), z.maximum(1e6)) })).check(z.maxLength(10_000)),
    ]),
  ),
});
export type PipelineSpec = z.infer<typeof PipelineSpec>;
