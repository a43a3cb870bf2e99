/** Answers of evaluation: what is measured of a model on rows that it has not seen. */
import * as z from 'zod/mini';
import { AnomalyReport } from './anomaly.js';
import { Backtest } from './backtest.js';
import { Warning } from './dataset.js';
import { ForecastMetrics, Metrics } from './metrics.js';
import { Confusion } from './run.js';
import { Task } from './task.js';

/** k-fold cross-validation: every row is tested once. */
export const CrossValidationReport = z.object({
  task: Task,
  preset: z.string(),
  device: z.string(),
  folds: z.array(Metrics),
  mean: z.record(z.string(), z.nullable(z.number())),
  /** Standard deviation over folds divided by √folds. */
  standardError: z.record(z.string(), z.nullable(z.number())),
  baseline: z.record(z.string(), z.nullable(z.number())),
  linear: z.record(z.string(), z.nullable(z.number())),
  /** Rows of the first fold. */
  rows: z.object({ training: z.number(), validation: z.number(), test: z.number() }),
  epochs: z.number(),
  steps: z.number(),
  seconds: z.number(),
});
export type CrossValidationReport = z.infer<typeof CrossValidationReport>;

export const CalibrationBin = z.object({
  /** Mean predicted probability of the predicted class. */
  confidence: z.number(),
  /** Share of those that were right. */
  accuracy: z.number(),
  count: z.number(),
});

export const GroupReport = z.object({
  /** The group's value; empty for rows without one. */
  group: z.string(),
  rows: z.number(),
  metrics: Metrics,
  /** Of a classification: the share of rows predicted to be of each class. */
  selectionRate: z.optional(z.record(z.string(), z.number())),
  /** Of the positive class, where there is one. A rate over no rows is 0. */
  truePositiveRate: z.optional(z.number()),
  falsePositiveRate: z.optional(z.number()),
});
export type GroupReport = z.infer<typeof GroupReport>;

export const EvaluationReport = z.object({
  task: Task,
  target: z.string(),
  /** Rows measured. */
  rows: z.number(),
  /** Rows without a target, or of a class that the model does not know. */
  leftOut: z.number(),
  warnings: z.array(Warning),
  metrics: Metrics,
  confusion: z.optional(Confusion),
  /** Of a forecast: what is foretold without a model, on the same rows, and mean absolute errors step by step. */
  baselines: z.optional(z.object({ naive: ForecastMetrics, seasonalNaive: ForecastMetrics })),
  byStep: z.optional(Backtest.shape.byStep),
  calibration: z.optional(z.object({ bins: z.array(CalibrationBin), expectedCalibrationError: z.number() })),
  /** Of anomalies: the rows' scores. */
  anomalies: z.optional(AnomalyReport),
  groups: z.optional(z.array(GroupReport)),
  /** Between groups: largest minus smallest, and smallest over largest. */
  fairness: z.optional(
    z.object({
      column: z.string(),
      positiveClass: z.string(),
      demographicParityDifference: z.number(),
      demographicParityRatio: z.number(),
      equalizedOddsDifference: z.number(),
      equalizedOddsRatio: z.number(),
    }),
  ),
});
export type EvaluationReport = z.infer<typeof EvaluationReport>;
