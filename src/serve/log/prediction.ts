/** One request that was answered, and an outcome that came of it later. */
import * as z from 'zod/mini';
import type { RawRow } from '../../infer/models.js';
import type { Field } from '../../spec/field.js';
import type { Served } from '../served-model.js';
import type { Output } from '../signature.js';

/** A model as its log has it. */
export interface LogSubject {
  id: string;
  fields: readonly Field[];
  outputs: readonly Output[];
}

export interface LoggedRequest {
  /** What the caller was told, to say its outcome by. */
  id: string;
  /** Of the served model. */
  name: string;
  version: number;
  subject: LogSubject;
  arm?: string;
  /** Who asked, as the caller says: only a hash of it is kept. */
  unit?: string;
  rows: RawRow[];
  served: Served;
  /** Milliseconds in the model. */
  latency: number;
  /** Milliseconds since 1970. */
  time: number;
}

export const Outcome = z.object({
  /** Of the answer's header `x-benchwright-prediction`. */
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  /** From 1. Left out: the first. */
  row: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(1_000_000))),
  event: z.string().check(z.regex(/^[\w.-]{1,64}$/)),
  /** Default: 1. */
  value: z.optional(z.number().check(z.minimum(-1e300), z.maximum(1e300))),
});
export type Outcome = z.infer<typeof Outcome>;

export const mostOutcomes = 1_000;
export const Outcomes = z.object({ outcomes: z.array(Outcome).check(z.minLength(1), z.maxLength(mostOutcomes)) });
