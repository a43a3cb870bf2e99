/** A dataset's record: its schema, where it came from, and the chunks that hold its rows. */
import * as z from 'zod/mini';
import { ChunkRef } from './chunk.js';
import { Field } from './field.js';
import { LakeOrigin } from './lake.js';

/** Something that the user should know and need not mend: what, where, and what was done about it. */
export const Warning = z.object({
  code: z.string(),
  message: z.string(),
  advice: z.string(),
  place: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Warning = z.infer<typeof Warning>;

export const Origin = z.object({
  kind: z.enum(['builtin', 'file', 'text', 'url', 'pictures', 'lake']),
  name: z.string(),
  title: z.optional(z.string()),
  attribution: z.optional(z.string()),
  licence: z.optional(z.string()),
  url: z.optional(z.string()),
  /** Of a copy from a lake: what was asked of which files. No credentials. */
  lake: z.optional(LakeOrigin),
});
export type Origin = z.infer<typeof Origin>;

export const DatasetRecord = z.object({
  kind: z.literal('dataset'),
  id: z.string(),
  name: z.string(),
  created: z.number(),
  /** When it was deleted; it can be restored until it is collected. */
  deleted: z.optional(z.number()),
  origin: Origin,
  rows: z.number(),
  fields: z.array(Field),
  warnings: z.array(Warning),
  /** SHA-256 over the fields' names and types and the chunks' hashes: equal data, equal hash. */
  hash: z.string(),
  /** The column that is most likely to be learnt, by position and name. */
  suggestedTarget: z.optional(z.string()),
  /** The column that says which part a row belongs to (`training`, `validation` or `test`), where the source came divided. */
  suggestedSplit: z.optional(z.string()),
  chunks: z.array(z.object({ ref: ChunkRef, rows: z.number() })),
});
export type DatasetRecord = z.infer<typeof DatasetRecord>;
