/** How a forecast did on the test rows, told from every one of them in turn, beside what is foretold without a model. */
import * as z from 'zod/mini';
import { ForecastMetrics } from './metrics.js';

const NaiveScores = z.object({ validation: ForecastMetrics, test: ForecastMetrics });

export const Backtest = z.object({
  horizon: z.number(),
  /** Rows after which the series repeats itself; 1 where it does not. */
  season: z.number(),
  /** The last value, and that of one season before. */
  baselines: z.object({ naive: NaiveScores, seasonalNaive: NaiveScores }),
  /** Mean absolute errors on the test rows, step by step. */
  byStep: z.array(z.object({ step: z.number(), mae: z.number(), naive: z.number(), seasonalNaive: z.number() })),
  /** The latest test rows of one series as they came and as they were foretold, one step ahead and the horizon ahead. */
  lines: z.array(
    z.object({
      step: z.number(),
      series: z.optional(z.string()),
      /** Of the rows foretold; milliseconds since 1970 where times are dates. */
      times: z.array(z.number()),
      actual: z.array(z.number()),
      forecast: z.array(z.number()),
      /** One season before; without a season the last value. */
      naive: z.array(z.number()),
    }),
  ),
});
export type Backtest = z.infer<typeof Backtest>;
