/** One training: what was asked, what was decided, what happened, what came out. */
import * as z from 'zod/mini';
import { AnomalyReport } from './anomaly.js';
import { Backtest } from './backtest.js';
import { ChunkRef } from './chunk.js';
import { Warning } from './dataset.js';
import { DeviceChoice } from './device.js';
import { Incident } from './incident.js';
import { Metrics } from './metrics.js';
import { ModelSpec } from './model.js';
import { FittedPipeline } from './pipeline.js';
import { Task } from './task.js';
import { ExtractorOrigin } from './trained.js';
import { SplitSpec, TrainingSpec } from './training.js';

/** One epoch on the curve. Losses are means over examples. */
export const CurvePoint = z.object({
  epoch: z.number(),
  trainingLoss: z.number(),
  validationLoss: z.number(),
  /** On the validation rows, the one figure of the task: accuracy, r2, f1Micro, or of anomalies rocAuc, and the share reconstructed where no labels are known. */
  validationScore: z.number(),
  learningRate: z.number(),
});
export type CurvePoint = z.infer<typeof CurvePoint>;

export const Scores = z.object({ validation: Metrics, test: Metrics });
export type Scores = z.infer<typeof Scores>;

export const Confusion = z.object({
  classes: z.array(z.string()),
  /** counts[actual][predicted] on the test rows. */
  counts: z.array(z.array(z.number())),
});
export type Confusion = z.infer<typeof Confusion>;

export const Mistake = z.object({
  row: z.number(),
  actual: z.string(),
  predicted: z.string(),
  /** Of the class predicted. */
  probability: z.number(),
});
export type Mistake = z.infer<typeof Mistake>;

/** Enough to go on exactly where a run stood, also in the midst of an epoch. */
export const Checkpoint = z.object({
  /** Epochs completed. */
  epoch: z.number(),
  /** Steps completed, those of the unfinished epoch too. */
  steps: z.number(),
  /** The unfinished epoch's examples so far, and the sum of their losses. */
  examples: z.number(),
  lossSum: z.number(),
  weights: ChunkRef,
  optimizer: ChunkRef,
  /** None before the first epoch is completed. */
  best: z.optional(z.object({ epoch: z.number(), loss: z.number(), weights: ChunkRef })),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** What people write on a run, to find it again. */
export const mostTags = 20;
export const longestTag = 40;
export const longestNotes = 10_000;
const RunTags = z.array(z.string().check(z.minLength(1), z.maxLength(longestTag))).check(z.maxLength(mostTags));
const RunNotes = z.string().check(z.maxLength(longestNotes));
export const RunMarks = z.object({ tags: z.optional(RunTags), notes: z.optional(RunNotes) });
export type RunMarks = z.infer<typeof RunMarks>;

export const RunRecord = z.object({
  kind: z.literal('run'),
  id: z.string(),
  name: z.string(),
  created: z.number(),
  deleted: z.optional(z.number()),
  tags: z.optional(RunTags),
  notes: z.optional(RunNotes),
  /** `interrupted` has a checkpoint to go on from; `stopped` was ended by the user, who kept the best. */
  status: z.enum(['running', 'finished', 'stopped', 'interrupted', 'failed']),
  dataset: z.object({ id: z.string(), name: z.string(), hash: z.string() }),
  spec: TrainingSpec,
  /** What was decided where the spec was silent. */
  task: Task,
  preset: z.string(),
  seed: z.number(),
  epochs: z.number(),
  batchSize: z.number(),
  learningRate: z.number(),
  split: SplitSpec,
  rows: z.object({ training: z.number(), validation: z.number(), test: z.number() }),
  device: DeviceChoice,
  model: ModelSpec,
  /** Of the preset `transfer`: what stands in front of the model. */
  extractor: z.optional(ExtractorOrigin),
  pipeline: FittedPipeline,
  parameters: z.number(),
  curve: z.array(CurvePoint),
  bestEpoch: z.number(),
  steps: z.number(),
  seconds: z.number(),
  scores: z.optional(Scores),
  /** The majority class or the mean. */
  baseline: z.optional(Scores),
  linear: z.optional(Scores),
  confusion: z.optional(Confusion),
  /** Of a forecast. */
  backtest: z.optional(Backtest),
  /** Test rows that the model took for another class, those it was surest of first; at most 200. `row` counts in the test rows' dataset. */
  mistakes: z.optional(z.array(Mistake)),
  /** Of anomalies: the test rows' scores. */
  anomalies: z.optional(AnomalyReport),
  /** Where the test rows come from, when it is not the dataset trained on. */
  testDataset: z.optional(z.string()),
  /** The trial of a sweep that this trains anew. */
  sweep: z.optional(z.object({ id: z.string(), trial: z.number() })),
  /** Trained out of core: rows that were shuffled together, about, and the stored chunks that they come from. */
  stored: z.optional(z.object({ pool: z.number(), chunks: z.number() })),
  warnings: z.array(Warning),
  /** What went wrong and was mended while it was at work, oldest first. */
  incidents: z.optional(z.array(Incident)),
  checkpoint: z.optional(Checkpoint),
  /** What was seen of it by epoch: a `RunInsight` as JSON. */
  insight: z.optional(ChunkRef),
  modelId: z.optional(z.string()),
  problem: z.optional(z.string()),
  versions: z.record(z.string(), z.string()),
});
export type RunRecord = z.infer<typeof RunRecord>;
