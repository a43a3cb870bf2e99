/** Features of pictures as they are kept: one piece for each training that computed some. */
import * as z from 'zod/mini';
import { ChunkRef } from './chunk.js';

/** `pictures`: the SHA-256 of each picture's numbers, one a line. `values`: their features [rows, width], 32-bit little-endian floats. */
const Piece = z.object({ pictures: ChunkRef, values: ChunkRef });
export type KeptPiece = z.infer<typeof Piece>;

export const KeptFeatures = z.object({ used: z.number(), pieces: z.array(Piece) });
