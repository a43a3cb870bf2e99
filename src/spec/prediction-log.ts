/** What is kept of the requests to a served model: rows in chunks, and the outcomes that came later. */
import * as z from 'zod/mini';
import { ChunkRef } from './chunk.js';
import { Field } from './field.js';

const count = z.number().check(z.int(), z.minimum(0));

export const LogSettings = z.object({
  /** Inputs as they were, their SHA-256, or nothing. Pictures are kept as their SHA-256 at most. */
  inputs: z.enum(['values', 'hash', 'none']),
  /** The most rows that are kept: the oldest go first. */
  rows: z.number().check(z.int(), z.minimum(1), z.maximum(1_000_000)),
  /** For so many days at most. */
  days: z.number().check(z.gt(0), z.maximum(3_650)),
});
export type LogSettings = z.infer<typeof LogSettings>;

export const usualLog: LogSettings = { inputs: 'values', rows: 100_000, days: 30 };

/** Rows, or outcomes, of one stretch of time. */
export const LogChunk = z.object({
  ref: ChunkRef,
  rows: count,
  /** Which of the record's forms they have; of outcomes 0. */
  form: count,
  /** Milliseconds since 1970, of the first and the last. */
  from: z.number(),
  to: z.number(),
});
export type LogChunk = z.infer<typeof LogChunk>;

/** Columns of the rows of one version. */
export const LogForm = z.object({ version: count, model: z.string(), fields: z.array(Field) });
export type LogForm = z.infer<typeof LogForm>;

/** What was deleted a moment ago: rows that wait to be written somewhere are part of it. */
export const LogDeletion = z.object({
  /** Milliseconds since 1970. */
  time: z.number(),
  /** The hash of whose rows; left out: everybody's. */
  unit: z.optional(z.string()),
});
export type LogDeletion = z.infer<typeof LogDeletion>;

export const LogRecord = z.object({
  kind: z.literal('log'),
  /** The name of the served model. */
  id: z.string(),
  created: z.number(),
  forms: z.array(LogForm),
  /** The oldest first, of each form by itself. */
  chunks: z.array(LogChunk),
  outcomes: z.array(LogChunk),
  /** Rows that made room for others, or grew too old. */
  dropped: count,
  deletions: z.optional(z.array(LogDeletion)),
});
export type LogRecord = z.infer<typeof LogRecord>;
