/** What is asked of a training, before and after everything left open has been decided. */
import * as z from 'zod/mini';
import { deviceNames } from './device-name.js';
import { LayerSpec } from './layer.js';
import { valueLosses } from './model.js';
import { ClipSettings, OptimizerSettings, optimizers, ScheduleSettings, schedules } from './optimisation.js';
import { PipelineSpec } from './pipeline-spec.js';
import { presets } from './preset.js';
import { Task } from './task.js';

/** How rows are divided. Shares are of all rows; what is neither validation nor test trains. */
export const SplitSpec = z.object({
  validation: z.number().check(z.minimum(0), z.maximum(0.9)),
  test: z.number().check(z.minimum(0), z.maximum(0.9)),
  /** Rows with the same value of this column stay together. */
  group: z.optional(z.string()),
  /** Earlier rows train, later rows validate, the latest test. */
  time: z.optional(z.string()),
  /**
   * The column that says of each row `training` (or `train`), `validation` or `test`. Where it names no validation rows, `validation` is a
   * share of the training rows. Default: the dataset's own, if the source came divided, unless shares, group or time are asked for.
   */
  parts: z.optional(z.string()),
  /** Validation and test rows with the inputs of a row that trains: `keep` (the default) tells of them, `drop` leaves them out as well. */
  duplicates: z.optional(z.enum(['keep', 'drop'])),
});
export type SplitSpec = z.infer<typeof SplitSpec>;

const epochs = z.number().check(z.int(), z.minimum(1), z.maximum(100_000));
const batchSize = z.number().check(z.int(), z.minimum(1), z.maximum(65_536));
const learningRate = z.number().check(z.positive(), z.maximum(10));

/** Of a forecast: everything may be left out and is then decided from the data. */
export const ForecastSpec = z.object({
  /** The column of the time. Default: that of `split.time`, or the only column of dates. */
  time: z.optional(z.string()),
  /** Rows with the same value are one series. Default: all rows are. */
  group: z.optional(z.string()),
  /** So many rows ahead are told. Default: 1. */
  horizon: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(1000))),
  /** Rows that are looked back at, the newest among them. Default: a few seasons. */
  lookback: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(1000))),
  /** Rows after which the series repeats itself; 1: it does not. Default: what the times and the values of the earlier rows say. */
  season: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(1000))),
});
export type ForecastSpec = z.infer<typeof ForecastSpec>;

/** A saved model of pictures, and what of it is kept. */
export const ExtractorSpec = z.object({
  /**
   * One of ours, by its id or the SHA-256 of its weights; or one of another program of which every operator has a layer of ours, by its id or the
   * SHA-256 of its file. Default: the extractor that comes with Benchwright.
   */
  model: z.optional(z.string().check(z.maxLength(200))),
  /** The name of the layer whose output is taken, or its number from 1. Default: what the last layer reads. */
  output: z.optional(z.union([z.string().check(z.maxLength(64)), z.number().check(z.int(), z.minimum(1), z.maximum(256))])),
  /**
   * Of a model of another program: what it was trained with, for each channel of pixels from 0 to 1. It is given (pixel − mean) / deviation.
   * Default: 0 and 1, the pixels as they are.
   */
  mean: z.optional(z.array(z.number().check(z.minimum(-1e6), z.maximum(1e6))).check(z.minLength(1), z.maxLength(4))),
  deviation: z.optional(z.array(z.number().check(z.minimum(1e-6), z.maximum(1e6))).check(z.minLength(1), z.maxLength(4))),
});
export type ExtractorSpec = z.infer<typeof ExtractorSpec>;

/** What the user asks for: everything but the target may be left out and is then decided from the data. */
export const TrainingSpec = z.object({
  /** Of the task anomaly it may be empty; a column of known labels judges there, and is never learnt from. */
  target: z.string(),
  task: z.optional(Task),
  preset: z.optional(z.enum(presets)),
  /** Hidden layers of one's own, instead of a preset's. The last layer, as wide as the answer, is added and reads the last of these. */
  layers: z.optional(z.array(LayerSpec).check(z.maxLength(255))),
  /** Of the preset `transfer`: the network that reads the pictures. Default: the one that comes with Benchwright. */
  extractor: z.optional(ExtractorSpec),
  epochs: z.optional(epochs),
  batchSize: z.optional(batchSize),
  learningRate: z.optional(learningRate),
  /** Decoupled weight decay (AdamW). */
  weightDecay: z.optional(z.number().check(z.minimum(0), z.maximum(10))),
  /** By name, with the usual constants, or with constants of one's own. Default: adam. */
  optimizer: z.optional(z.union([z.enum(optimizers), OptimizerSettings])),
  /** How the learning rate changes from step to step. Default: the preset's, which is cosine. */
  schedule: z.optional(z.union([z.enum(schedules), ScheduleSettings])),
  /** Default: gradients are taken as they are. */
  clip: z.optional(ClipSettings),
  /**
   * Share of each target that is spread evenly over all classes (1512.00567, section 7), in training only: the losses of training are then
   * those of the smoothed targets, as in PyTorch and Keras. For classes only. Default: 0.
   */
  labelSmoothing: z.optional(z.number().check(z.minimum(0), z.maximum(0.9))),
  /** For values only: what is minimised. Huber's delta is 1 standard deviation of the target. Default: meanSquaredError. */
  loss: z.optional(z.enum(valueLosses)),
  /**
   * Of the task multilabel: what stands between the labels of a cell, or `json` for cells that are JSON lists. Default: that of json, `|`, `;` and
   * `,` which most training rows have.
   */
  separator: z.optional(z.string().check(z.minLength(1), z.maxLength(8))),
  /** Of the task anomaly. */
  anomaly: z.optional(
    z.object({
      /** The share of ordinary rows that may be taken for anomalies: the threshold is the 1 − contamination quantile of validation scores. Default: 0.01. */
      contamination: z.optional(z.number().check(z.positive(), z.maximum(0.5))),
      /** `normal`: known anomalies neither train nor validate; labels choose rows then, and are still not learnt from. Default: all. */
      trainOn: z.optional(z.enum(['all', 'normal'])),
      /** Known labels of rows that are no anomalies. Default: the most frequent label of the training rows. */
      normal: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(1000))),
    }),
  ),
  /** Adds l2 / 2 · |w|² to what is minimised. Default: 0. */
  l2: z.optional(z.number().check(z.minimum(0), z.maximum(10))),
  /** Stop after so many epochs without a better validation loss; 0 never stops early. The best weights are kept. */
  patience: z.optional(z.number().check(z.int(), z.minimum(0))),
  seed: z.optional(z.number().check(z.int(), z.minimum(0))),
  device: z.optional(z.enum(['auto', ...deviceNames])),
  split: z.optional(z.partial(SplitSpec)),
  /** Columns not to learn from. */
  ignore: z.optional(z.array(z.string())),
  forecast: z.optional(ForecastSpec),
  /** How columns become inputs. Default: decided by their types. */
  pipeline: z.optional(PipelineSpec),
});
export type TrainingSpec = z.infer<typeof TrainingSpec>;
