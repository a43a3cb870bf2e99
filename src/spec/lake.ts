/** What a query of a data lake asks for, and what a copy remembers of where it came from. */
import * as z from 'zod/mini';
import { Predicate } from './predicate.js';

/** So many rows, or this share of them, drawn by the seed. */
export const LakeSample = z.object({ rows: z.optional(z.number()), share: z.optional(z.number()), seed: z.optional(z.number()) });
export type LakeSample = z.infer<typeof LakeSample>;

/** What is to be read of a data set. All of it where everything is left out. */
export const LakeQuery = z.object({
  columns: z.optional(z.array(z.string())),
  /** Rows for which all of them hold. */
  where: z.optional(z.array(Predicate)),
  sample: z.optional(LakeSample),
});
export type LakeQuery = z.infer<typeof LakeQuery>;

export const LakeOrigin = z.object({
  query: LakeQuery,
  /** Where the data set lies; left out where it was chosen from a disk. */
  address: z.optional(z.string()),
  addresses: z.optional(z.array(z.string())),
  region: z.optional(z.string()),
  endpoint: z.optional(z.string()),
  /** Its files as they were: `version` is the mark that the server gave, such as an ETag; `chunks` of the copy are from it, in order. */
  files: z.array(z.object({ path: z.string(), size: z.number(), version: z.string(), chunks: z.number() })),
  /** Of all files. */
  bytes: z.number(),
  /** That came over the wire, or from the disk, for this copy. */
  bytesRead: z.number(),
  requests: z.number(),
});
export type LakeOrigin = z.infer<typeof LakeOrigin>;
