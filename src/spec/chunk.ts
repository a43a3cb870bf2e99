/** References to immutable bytes in the store, named by their content. */
import * as z from 'zod/mini';

export const ChunkRef = z.object({
  /** SHA-256 of the bytes, in hexadecimal. */
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** Length in bytes. */
  bytes: z.number(),
});
export type ChunkRef = z.infer<typeof ChunkRef>;
