/** Fields and schemas: what a table's columns are, and why they were taken for that. */
import * as z from 'zod/mini';
import { dateForms } from './date-form.js';
import { fieldTypes } from './field-type.js';

/** Pictures of a column, and what a model is given: all of one size. 1 channel is grey, 3 are red, green and blue. */
export const PictureSize = z.object({
  height: z.number().check(z.int(), z.minimum(1), z.maximum(1024)),
  width: z.number().check(z.int(), z.minimum(1), z.maximum(1024)),
  channels: z.union([z.literal(1), z.literal(3)]),
});
export type PictureSize = z.infer<typeof PictureSize>;

/** One column of a dataset: its type, what is known of its values, and the reason for the type. */
export const Field = z.object({
  name: z.string(),
  type: z.enum(fieldTypes),
  /** Rows without a value. */
  missing: z.number(),
  /** Distinct values, counted exactly up to `distinctLimit`, then a lower bound. */
  distinct: z.number(),
  /** Why the type was chosen, as a sentence for people. */
  reason: z.string(),
  /** The most frequent values of a category, boolean or text column, most frequent first, with their counts. */
  top: z.optional(z.array(z.object({ value: z.string(), count: z.number() }))),
  /** Of a number, integer or datetime (milliseconds since 1970) column: figures over its finite values. */
  range: z.optional(
    z.object({
      minimum: z.number(),
      maximum: z.number(),
      mean: z.number(),
      median: z.number(),
      standardDeviation: z.number(),
    }),
  ),
  /** Of a datetime column: how its file writes dates, where not as ISO 8601. Files to answer about are read alike. */
  dates: z.optional(z.enum(dateForms)),
  /** Of a picture column: the size that every picture of it has been brought to. */
  picture: z.optional(PictureSize),
  /** Counts in equal-width bins from `range.minimum` to `range.maximum`, for a small picture of the column. */
  histogram: z.optional(z.array(z.number())),
});
export type Field = z.infer<typeof Field>;
