/**
 * An import that goes on: what was decided about a table, and which of its rows are kept. Where its page or process ended, the same source
 * given again goes on from here.
 */
import * as z from 'zod/mini';
import { ChunkRef } from './chunk.js';
import { Warning } from './dataset.js';
import { dateForms } from './date-form.js';
import { fieldTypes } from './field-type.js';

/** What makes a source the same as one that was given before. */
export const SourceIdentity = z.object({
  kind: z.enum(['file', 'url']),
  /** The file's name, or the address. */
  name: z.string(),
  size: z.optional(z.number()),
  lastModified: z.optional(z.number()),
  /** The mark that a server gives to what lies behind an address. */
  etag: z.optional(z.string()),
  /** SHA-256 of the first bytes of a file. */
  start: z.optional(z.string()),
});
export type SourceIdentity = z.infer<typeof SourceIdentity>;

/** What the first reading of a table has found out. */
export const Learnt = z.object({
  names: z.array(z.string()),
  decisions: z.array(
    z.object({
      type: z.enum(fieldTypes),
      format: z.enum(['point', 'comma']),
      dates: z.optional(z.enum(dateForms)),
      reason: z.string(),
      warnings: z.array(Warning),
    }),
  ),
  rows: z.number(),
  /** About the file as a whole. */
  warnings: z.array(Warning),
});
export type Learnt = z.infer<typeof Learnt>;

export const ImportRecord = z.object({
  kind: z.literal('import'),
  id: z.string(),
  /** What the dataset will be called. */
  name: z.string(),
  created: z.number(),
  updated: z.number(),
  source: SourceIdentity,
  /** The dataset that it is a new version of; left out, it becomes one of its own. */
  into: z.optional(z.string()),
  /** The types that were asked for. */
  types: z.record(z.string(), z.enum(fieldTypes)),
  learnt: Learnt,
  chunks: z.array(z.object({ ref: ChunkRef, rows: z.number() })),
  /** Where reading goes on. */
  after: z.object({ row: z.number(), byte: z.optional(z.number()), line: z.optional(z.number()) }),
});
export type ImportRecord = z.infer<typeof ImportRecord>;
