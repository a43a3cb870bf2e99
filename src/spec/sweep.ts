/** What a sweep tries: fields of a training and how their values are chosen, as data. */
import * as z from 'zod/mini';

/**
 * What may be tried. Most are fields of a training spec. `clipNorm` is its `clip.norm`; `hiddenUnits`, `hiddenLayers`, `dropout` and
 * `activation` change every hidden layer of the preset's network, or of the spec's own `layers`. Where blocks each add to what they are given, as
 * in `residual`, `hiddenLayers` is the number of blocks and `hiddenUnits` their width inside.
 */
export const sweepFields = [
  'learningRate',
  'weightDecay',
  'batchSize',
  'epochs',
  'patience',
  'optimizer',
  'schedule',
  'loss',
  'l2',
  'labelSmoothing',
  'clipNorm',
  'preset',
  'hiddenUnits',
  'hiddenLayers',
  'dropout',
  'activation',
] as const;
export const SweepFieldName = z.enum(sweepFields);
export type SweepFieldName = z.infer<typeof SweepFieldName>;

/** Ranges of these give whole numbers. */
export const wholeFields: ReadonlySet<SweepFieldName> = new Set(['batchSize', 'epochs', 'patience', 'hiddenUnits', 'hiddenLayers']);

export const SweepValue = z.union([z.number(), z.string()]);
export type SweepValue = z.infer<typeof SweepValue>;

/** Values that a grid takes from a range, both ends among them. */
const points = z.optional(z.number().check(z.int(), z.minimum(2), z.maximum(100)));

export const SweepField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), field: SweepFieldName, values: z.array(SweepValue).check(z.minLength(1), z.maxLength(100)) }),
  z.strictObject({ kind: z.literal('uniform'), field: SweepFieldName, from: z.number(), to: z.number(), points }),
  /** Uniform in the logarithm: as many values between 0.001 and 0.01 as between 0.01 and 0.1. */
  z.strictObject({
    kind: z.literal('logUniform'),
    field: SweepFieldName,
    from: z.number().check(z.positive()),
    to: z.number().check(z.positive()),
    points,
  }),
]);
export type SweepField = z.infer<typeof SweepField>;

export const mostTrials = 1000;

export const sweepMetrics = [
  'accuracy',
  'balancedAccuracy',
  'f1Macro',
  'precisionMacro',
  'recallMacro',
  'mcc',
  'logLoss',
  'rocAuc',
  'rmse',
  'mae',
  'r2',
  'subsetAccuracy',
  'hammingLoss',
  'f1Micro',
  'averagePrecision',
  'reconstructionError',
  'explained',
] as const;
export type SweepMetric = (typeof sweepMetrics)[number];

const trials = z.number().check(z.int(), z.minimum(1), z.maximum(mostTrials));
const shared = {
  fields: z.array(SweepField).check(z.minLength(1), z.maxLength(sweepFields.length)),
  /** By which the winner is chosen, on validation rows. Left out: logLoss of classes, rmse of values, f1Micro of labels, reconstructionError of anomalies. */
  metric: z.optional(z.enum(sweepMetrics)),
  /** Of the values drawn. Left out: the training's own. */
  seed: z.optional(z.number().check(z.int(), z.minimum(0))),
};

export const SweepSpec = z.discriminatedUnion('method', [
  /** Every combination; ranges need `points`. */
  z.strictObject({ method: z.literal('grid'), ...shared }),
  /** Combinations drawn independently, none of them twice. */
  z.strictObject({ method: z.literal('random'), trials, ...shared }),
  /**
   * Asynchronous successive halving (ASHA, 1810.05934) over random combinations: all are trained for a few epochs, and of every
   * `reductionFactor` that have come so far the best goes on for so many times the epochs.
   */
  z.strictObject({
    method: z.literal('successiveHalving'),
    trials,
    /** Left out: 3. */
    reductionFactor: z.optional(z.number().check(z.int(), z.minimum(2), z.maximum(10))),
    /** Epochs of the first rung. Left out: such that there are four rungs. */
    firstRung: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(100_000))),
    ...shared,
  }),
]);
export type SweepSpec = z.infer<typeof SweepSpec>;
