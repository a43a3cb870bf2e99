/** What is told of rows that a model scored by how odd they are. */
import * as z from 'zod/mini';

export const OddRow = z.object({
  /** In the dataset or file of the rows, from 0. */
  row: z.number(),
  score: z.number(),
  /** Where its known label says. */
  actual: z.optional(z.enum(['normal', 'anomaly'])),
  /** Those with the largest parts of the score, the largest first; all parts add up to the score. */
  columns: z.array(z.object({ column: z.string(), part: z.number() })),
});
export type OddRow = z.infer<typeof OddRow>;

export const AnomalyReport = z.object({
  /** Scores above it are anomalies. */
  threshold: z.number(),
  /** Rows by score, in bins of equal width; the last holds all that lies beyond as well. */
  histogram: z.object({
    minimum: z.number(),
    maximum: z.number(),
    counts: z.array(z.number()),
    /** Of these, the rows that are known to be anomalies. */
    anomalies: z.array(z.number()),
  }),
  /** The oddest, at most 50. */
  rows: z.array(OddRow),
});
export type AnomalyReport = z.infer<typeof AnomalyReport>;
