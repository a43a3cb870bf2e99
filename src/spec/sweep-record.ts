/** A sweep as it is kept: what was asked, where it stands, and one record for each of its trials. */
import * as z from 'zod/mini';
import { DeviceChoice } from './device.js';
import { Incident } from './incident.js';
import { Checkpoint, CurvePoint } from './run.js';
import { SweepFieldName, SweepSpec, SweepValue, sweepMetrics } from './sweep.js';
import { Task } from './task.js';
import { TrainingSpec } from './training.js';

export const TrialValues = z.partialRecord(SweepFieldName, SweepValue);
export type TrialValues = z.infer<typeof TrialValues>;

/**
 * `paused` has reached a rung and may be taken further; `dropped` was not; `finished` has had all of its epochs, or its patience was over;
 * `diverged` lost its numbers.
 */
export const trialStates = ['waiting', 'running', 'paused', 'dropped', 'finished', 'diverged'] as const;

export const TrialRecord = z.object({
  kind: z.literal('trial'),
  id: z.string(),
  created: z.number(),
  sweep: z.string(),
  /** From 1. */
  number: z.number(),
  values: TrialValues,
  /** What a training would be asked for to be the same. */
  spec: TrainingSpec,
  /** All that it may have. */
  epochs: z.number(),
  status: z.enum(trialStates),
  /** The validation metric of its best weights at each rung that it has reached; null where it cannot be told. */
  rungs: z.array(z.object({ epoch: z.number(), metric: z.nullable(z.number()) })),
  curve: z.array(CurvePoint),
  bestEpoch: z.number(),
  steps: z.number(),
  /** Of work. */
  seconds: z.number(),
  problem: z.optional(z.string()),
  incidents: z.optional(z.array(Incident)),
  checkpoint: z.optional(Checkpoint),
});
export type TrialRecord = z.infer<typeof TrialRecord>;

export const SweepRecord = z.object({
  kind: z.literal('sweep'),
  id: z.string(),
  name: z.string(),
  created: z.number(),
  deleted: z.optional(z.number()),
  /** `stopped` was ended by the user, who kept the best so far. */
  status: z.enum(['running', 'finished', 'stopped', 'interrupted', 'failed']),
  dataset: z.object({ id: z.string(), name: z.string(), hash: z.string() }),
  testDataset: z.optional(z.string()),
  /** What all trials share. */
  spec: TrainingSpec,
  sweep: SweepSpec,
  task: Task,
  metric: z.enum(sweepMetrics),
  seed: z.number(),
  device: DeviceChoice,
  trials: z.number(),
  /** Epochs at which trials are compared; the last are all. */
  rungs: z.array(z.number()),
  /** How often it was begun or gone on with: whoever goes on leaves its record changed, so that a tab that wakes later is refused. */
  sessions: z.number(),
  /** Number of the trial that won. */
  winner: z.optional(z.number()),
  /** The run that trains the winner anew and tests it. */
  run: z.optional(z.string()),
  problem: z.optional(z.string()),
});
export type SweepRecord = z.infer<typeof SweepRecord>;
