/** The answers of `--json`: names and forms are a contract, published as JSON Schemas in `docs/schemas`. */
import * as z from 'zod/mini';
import { modelFormats } from '../infer/export/exported.js';
import { Backtest } from '../spec/backtest.js';
import { Origin, Warning } from '../spec/dataset.js';
import { deviceNames } from '../spec/device-name.js';
import { Field } from '../spec/field.js';
import { fittedStepKinds } from '../spec/fitted-steps.js';
import { Metrics } from '../spec/metrics.js';
import { IgnoredColumn } from '../spec/pipeline.js';
import { Profile, ProfiledColumn } from '../spec/profile.js';
import { EvaluationReport } from '../spec/report.js';
import { Scores } from '../spec/run.js';
import { sweepMetrics } from '../spec/sweep.js';
import { TrialValues, trialStates } from '../spec/sweep-record.js';
import { Task } from '../spec/task.js';

export const DataAnswer = z.strictObject({
  name: z.string(),
  rows: z.number(),
  /** Each column's field, and of its profile what the field does not say. */
  columns: z.array(z.extend(Field, { profile: z.omit(ProfiledColumn, { name: true, type: true, reason: true, missing: true }) })),
  warnings: z.array(Warning),
  /** The column that is most likely to be learnt. */
  suggestedTarget: z.optional(z.string()),
  /** What the columns show together, and beside the target. */
  profile: z.omit(Profile, { columns: true, hash: true, rows: true }),
  /** SHA-256: equal data, equal hash. */
  hash: z.string(),
  origin: Origin,
  /** The file that `--out` named. */
  out: z.optional(z.string()),
});
export type DataAnswer = z.infer<typeof DataAnswer>;

export const TrainAnswer = z.strictObject({
  task: Task,
  target: z.string(),
  device: z.enum(deviceNames),
  preset: z.string(),
  seed: z.number(),
  rows: z.strictObject({ train: z.number(), validation: z.number(), test: z.number() }),
  /** With `--folds`, `test` is the mean over folds and `validation` that of the final model. */
  metrics: Scores,
  /** The majority class or the mean; of a forecast the better known of `naive` (the last value) and `seasonalNaive` (one season before). */
  baseline: z.extend(Scores, { naive: z.optional(Scores), seasonalNaive: z.optional(Scores) }),
  linear: Scores,
  /** What the model is given: the inputs that each column becomes, by which step and why; and what is left out. */
  learnt: z.strictObject({
    inputs: z.number(),
    columns: z.array(z.strictObject({ column: z.string(), step: z.enum(fittedStepKinds), inputs: z.number(), reason: z.string() })),
    ignored: z.array(IgnoredColumn),
  }),
  /** What a forecast decided, and its mean absolute errors step by step. */
  forecast: z.optional(
    z.strictObject({
      time: z.string(),
      group: z.optional(z.string()),
      horizon: z.number(),
      lookback: z.number(),
      season: z.number(),
      byStep: Backtest.shape.byStep,
    }),
  ),
  epochs: z.number(),
  steps: z.number(),
  seconds: z.number(),
  /** How many folds there were. */
  folds: z.optional(z.number()),
  foldMetrics: z.optional(z.array(Metrics)),
  /** Standard deviation over folds divided by √folds. */
  standardError: z.optional(z.record(z.string(), z.nullable(z.number()))),
  /** With `--sweep`: what was tried. Everything else is of the winner, trained anew. */
  sweep: z.optional(
    z.strictObject({
      method: z.enum(['grid', 'random', 'successiveHalving']),
      /** On validation rows. */
      metric: z.enum(sweepMetrics),
      seed: z.number(),
      /** Epochs at which trials were compared. */
      rungs: z.array(z.number()),
      status: z.enum(['finished', 'stopped']),
      trials: z.array(
        z.strictObject({
          trial: z.number(),
          values: TrialValues,
          status: z.enum(trialStates),
          epochs: z.number(),
          /** At the last rung that it reached; null where it diverged or was not begun. */
          metric: z.nullable(z.number()),
          seconds: z.number(),
          problem: z.optional(z.string()),
        }),
      ),
      /** Number of the best trial. */
      winner: z.number(),
      /** The winner's training spec, by `training-spec.json`: `train --spec` with it does the same. */
      spec: z.looseObject({ target: z.string() }),
      seconds: z.number(),
    }),
  ),
  warnings: z.array(Warning),
  /** The folder to give to `predict` and `evaluate`; null where `--folds` was given without `--out`. */
  model: z.nullable(z.string()),
});
export type TrainAnswer = z.infer<typeof TrainAnswer>;

/** With `--horizon`: what comes after the last row of each series. */
const PredictedAhead = z.array(
  z.strictObject({
    series: z.optional(z.string()),
    /** As ISO 8601 where times are dates. */
    time: z.union([z.string(), z.number()]),
    step: z.number(),
    prediction: z.number(),
  }),
);
export type PredictedAhead = z.infer<typeof PredictedAhead>;

export const PredictAnswer = z.union([
  z.strictObject({
    rows: z.number(),
    /** `prediction`, then `probability_NAME` for each class or label, or `score`. */
    columns: z.array(z.string()),
    predictions: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
    forecast: z.optional(PredictedAhead),
  }),
  z.strictObject({ rows: z.number(), out: z.string(), forecast: z.optional(PredictedAhead) }),
]);
export type PredictAnswer = z.infer<typeof PredictAnswer>;

/** Of a model of another program. */
export const TensorsAnswer = z.strictObject({
  provider: z.enum(['wasm', 'webgpu']),
  /** Why it was chosen. */
  reason: z.string(),
  outputs: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      shape: z.array(z.number()),
      /** Nested lists; whole numbers beyond 2⁵³ are texts of digits. */
      data: z.unknown(),
    }),
  ),
  out: z.optional(z.string()),
});
export type TensorsAnswer = z.infer<typeof TensorsAnswer>;

export const EvaluateAnswer = z.extend(EvaluationReport, { model: z.string() });
export type EvaluateAnswer = z.infer<typeof EvaluateAnswer>;

export const ProjectAnswer = z.strictObject({
  action: z.enum(['export', 'import', 'show']),
  file: z.string(),
  /** The folder; `show` has none. */
  store: z.optional(z.string()),
  /** Length of the file. */
  bytes: z.number(),
  items: z.array(
    z.strictObject({
      kind: z.enum(['dataset', 'run', 'model', 'tensor-model', 'sweep', 'deployment', 'pipeline']),
      id: z.string(),
      name: z.string(),
      created: z.number(),
      /** What its chunks take; what several share counts for each. */
      bytes: z.number(),
      /** Of `import`: what has become of it. */
      outcome: z.optional(z.enum(['new', 'there', 'versions', 'beside'])),
      /** Of `import`: the id that it has in the folder. */
      as: z.optional(z.string()),
    }),
  ),
});
export type ProjectAnswer = z.infer<typeof ProjectAnswer>;

const ExportedPort = z.strictObject({
  name: z.string(),
  /** As ONNX writes it: float, double, uint8, string. */
  type: z.string(),
  /** −1 is the number of rows. */
  shape: z.array(z.number()),
});

export const ExportAnswer = z.strictObject({
  model: z.string(),
  format: z.enum(modelFormats),
  /** What `--out` named. */
  out: z.string(),
  /** The first is the one to open. */
  files: z.array(z.strictObject({ path: z.string(), bytes: z.number() })),
  /** Of a format that can be run. */
  inputs: z.optional(z.array(ExportedPort)),
  outputs: z.optional(z.array(ExportedPort)),
  /** What whoever uses it must know. */
  notes: z.array(z.string()),
});
export type ExportAnswer = z.infer<typeof ExportAnswer>;

/** What went wrong, instead of any other answer. */
export const ErrorAnswer = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    advice: z.string(),
    place: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

/** Said once it listens. */
export const ServeAnswer = z.strictObject({
  address: z.string(),
  port: z.number(),
  models: z.array(z.strictObject({ name: z.string(), version: z.string() })),
});
export type ServeAnswer = z.infer<typeof ServeAnswer>;
