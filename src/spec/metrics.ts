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

export const Metrics = z.union([ClassificationMetrics, RegressionMetrics]);
export type Metrics = z.infer<typeof Metrics>;
