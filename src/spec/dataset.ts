/** A dataset's record: its schema, where it came from, and the chunks that hold its rows. */
import * as z from 'zod/mini';
import { ChunkRef } from './chunk.js';
import { Field } from './field.js';
import { LakeOrigin } from './lake.js';
import { mostVersions } from './most-versions.js';

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

/** What a dataset holds: all that is made anew when other rows take its place. */
const content = {
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
};

/** Which version of a dataset some content is, and how it came about. */
export const VersionMark = z.object({
  /** From 1, in the order in which they were made; never given twice. */
  number: z.number(),
  created: z.number(),
  how: z.enum(['imported', 'replaced', 'appended', 'retyped', 'refreshed']),
  /** The file, or whatever else was read for it. */
  from: z.optional(z.string()),
});
export type VersionMark = z.infer<typeof VersionMark>;

export const DatasetVersion = z.object({ ...content, version: VersionMark });
export type DatasetVersion = z.infer<typeof DatasetVersion>;

export const DatasetRecord = z.object({
  kind: z.literal('dataset'),
  id: z.string(),
  name: z.string(),
  created: z.number(),
  /** When it was deleted; it can be restored until it is collected. */
  deleted: z.optional(z.number()),
  ...content,
  /** Of the content above, which is the version in use. Left out where there has never been another. */
  version: z.optional(VersionMark),
  /** All other versions, in the order in which they were made. Chunks that several have are stored once. */
  versions: z.optional(z.array(DatasetVersion).check(z.maxLength(mostVersions))),
});
export type DatasetRecord = z.infer<typeof DatasetRecord>;
