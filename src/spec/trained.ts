/** A saved model: network, weights, pipeline and lineage, all that is needed to use it and to say where it came from. */
import * as z from 'zod/mini';
import { ChunkRef } from './chunk.js';
import { Field } from './field.js';
import { Metrics } from './metrics.js';
import { ModelSpec } from './model.js';
import { FittedPipeline } from './pipeline.js';
import { Task } from './task.js';

/** Where the first layers were not trained here: what they were taken from, and how many they are. `hash` is of its weights, or of another program's file. */
export const ExtractorOrigin = z.object({ name: z.string(), hash: z.string(), layers: z.number() });

export const ModelRecord = z.object({
  kind: z.literal('model'),
  id: z.string(),
  name: z.string(),
  created: z.number(),
  deleted: z.optional(z.number()),
  task: Task,
  target: z.string(),
  /** The columns that the model reads, as seen in training: the form is generated from them. */
  fields: z.array(Field),
  pipeline: FittedPipeline,
  model: ModelSpec,
  /** All weights, 32-bit little-endian floats in the plan's order. */
  weights: ChunkRef,
  metrics: z.object({ validation: Metrics, test: Metrics }),
  lineage: z.object({
    run: z.string(),
    dataset: z.object({ id: z.string(), name: z.string(), hash: z.string() }),
    seed: z.number(),
    device: z.string(),
    versions: z.record(z.string(), z.string()),
    extractor: z.optional(ExtractorOrigin),
  }),
});
export type ModelRecord = z.infer<typeof ModelRecord>;
