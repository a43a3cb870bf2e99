/** The names of figures, the same in every answer, record and page. */
import * as z from 'zod/mini';

export const ClassificationMetrics = z.object({
  accuracy: z.number(),
  balancedAccuracy: z.number(),
  f1Macro: z.number(),
  precisionMacro: z.number(),
  recallMacro: z.number(),
  mcc: z.number(),
  logLoss: z.number(),
  /** One class against the rest, averaged over classes; null where only one class occurs. */
  rocAuc: z.nullable(z.number()),
});
export type ClassificationMetrics = z.infer<typeof ClassificationMetrics>;

export const RegressionMetrics = z.object({ rmse: z.number(), mae: z.number(), r2: z.number() });
export type RegressionMetrics = z.infer<typeof RegressionMetrics>;

/** Over all rows and all steps ahead. */
export const ForecastMetrics = z.extend(RegressionMetrics, {
  /** Mean absolute scaled error: below 1 is better than the seasonal naive forecast was on the training rows. Null where that one made no mistake. */
  mase: z.nullable(z.number()),
  /** Symmetric mean absolute percentage error, 0 to 200. */
  smape: z.number(),
});
export type ForecastMetrics = z.infer<typeof ForecastMetrics>;

export const MultilabelMetrics = z.object({
  /** Share of rows of which every label is right. */
  subsetAccuracy: z.number(),
  /** Share of labels, over all rows, that are wrong. */
  hammingLoss: z.number(),
  f1Micro: z.number(),
  f1Macro: z.number(),
  /** Averaged over the labels that some rows have and some have not; null where there is none. */
  rocAuc: z.nullable(z.number()),
  averagePrecision: z.nullable(z.number()),
});
export type MultilabelMetrics = z.infer<typeof MultilabelMetrics>;

export const AnomalyMetrics = z.object({
  /** Of the scores, where known labels are of both kinds; null otherwise. */
  rocAuc: z.nullable(z.number()),
  averagePrecision: z.nullable(z.number()),
  /** Of the rows above the threshold, the share that are anomalies; of the anomalies, the share above it. Null where no label is known. */
  precision: z.nullable(z.number()),
  recall: z.nullable(z.number()),
  /** Share of all rows above the threshold. */
  flagged: z.number(),
  /** Mean squared error of the standardised inputs. */
  reconstructionError: z.number(),
  /** Share of the inputs' variation that is reconstructed: 0 by their means, 1 at best. Not told by `evaluate`. */
  explained: z.optional(z.number()),
});
export type AnomalyMetrics = z.infer<typeof AnomalyMetrics>;

/** The more names, the earlier: each is told by those that the next have not. */
export const Metrics = z.union([ClassificationMetrics, MultilabelMetrics, AnomalyMetrics, ForecastMetrics, RegressionMetrics]);
export type Metrics = z.infer<typeof Metrics>;
