/** A model of another program: a file that takes tensors and gives tensors, as it came, and what was seen when it was looked at. */
import * as z from 'zod/mini';
import { ChunkRef } from './chunk.js';

/** Of a tensor's elements, in ONNX's words. Not all of them can be computed with. */
export const elementTypes = [
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8',
  'uint4',
  'int4',
  'float4',
  'uint2',
  'int2',
] as const;
export type ElementType = (typeof elementTypes)[number];

export const TensorSpec = z.object({
  name: z.string(),
  /** What is no tensor (a sequence, a map) is called as ONNX calls it; `unknown` where the file does not say. */
  type: z.enum([...elementTypes, 'sequence', 'map', 'optional', 'sparse', 'opaque', 'unknown']),
  /** A text is an extent that each call chooses, the same wherever it stands; null is one that is not named. Left out where even the rank is open. */
  shape: z.optional(z.array(z.union([z.number(), z.string(), z.null()]))),
});
export type TensorSpec = z.infer<typeof TensorSpec>;

const OperatorSet = z.object({ domain: z.string(), version: z.number() });

/** What a file says of itself, of bounded length: for people to read, before it is run. */
export const Inspection = z.object({
  irVersion: z.number(),
  opsets: z.array(OperatorSet),
  producer: z.object({ name: z.string(), version: z.string() }),
  domain: z.string(),
  modelVersion: z.number(),
  description: z.string(),
  graph: z.string(),
  /** Nodes by what they compute, the most frequent first; those of subgraphs and functions too. */
  operators: z.array(z.object({ domain: z.string(), name: z.string(), count: z.number() })),
  nodes: z.number(),
  /** Numbers that were learnt, or are constants of the graph. */
  parameters: z.number(),
  parameterBytes: z.number(),
  metadata: z.array(z.object({ key: z.string(), value: z.string() })),
});
export type Inspection = z.infer<typeof Inspection>;

export const TensorModelRecord = z.object({
  kind: z.literal('tensor-model'),
  id: z.string(),
  name: z.string(),
  created: z.number(),
  deleted: z.optional(z.number()),
  format: z.literal('onnx'),
  /** Where it came from. */
  source: z.object({ kind: z.enum(['file', 'url']), name: z.string() }),
  /** Of the whole file: SHA-256 in hexadecimal, and its length in bytes. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  size: z.number(),
  /** The file, piece by piece. */
  file: z.array(ChunkRef),
  inputs: z.array(TensorSpec),
  outputs: z.array(TensorSpec),
  inspection: Inspection,
});
export type TensorModelRecord = z.infer<typeof TensorModelRecord>;
