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

/** The more figures, the earlier: the first that fits is taken. */
export const Metrics = z.union([ClassificationMetrics, ForecastMetrics, RegressionMetrics]);
export type Metrics = z.infer<typeof Metrics>;
