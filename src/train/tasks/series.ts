/** Rows of which several to come are told: errors over all steps, beside the naive forecasts. */
import { type SeriesTarget, seriesTarget, valuesAhead } from '../../data/targets/series.js';
import type { ForecastMetrics } from '../../spec/metrics.js';
import { forecastMetrics } from '../../stats/forecast.js';
import { regressionMetrics } from '../../stats/metrics.js';
import type { Judge } from './judge.js';

export interface SeriesTruth {
  kind: 'series';
  horizon: number;
  season: number;
  /** [rows, horizon], in the target's own unit. */
  actual: Float64Array;
  restore: (scaled: ArrayLike<number>) => Float64Array;
  /** What belongs beside it, of rows that are judged. All [rows, horizon]. */
  beside?: {
    naive: Float64Array;
    seasonalNaive: Float64Array;
    /** `naiveScale` of the row's series in the training rows. */
    scales: Float64Array;
    /** Times of the rows that are told. */
    times: Float64Array;
    /** [rows]: the row's series. */
    series: readonly string[];
  };
}

/** Nothing but the season is needed to be naive. */
export interface SeriesWhole {
  kind: 'series';
}

/** Outputs are scaled values, [rows, horizon]. */
export const seriesJudge: Judge<SeriesTarget, SeriesTruth, SeriesWhole> = {
  loss: 'meanSquaredError',
  truth: ({ target, table, rows }) => ({
    kind: 'series',
    horizon: target.horizon,
    season: target.season,
    actual: valuesAhead(target, table, rows),
    restore: (scaled) => seriesTarget.restore(target, scaled),
  }),
  join() {
    throw new TypeError('Rows of a forecast are in memory, all at once.');
  },
  metrics: (truth, outputs) => figuresOf(truth, truth.restore(outputs)),
  score: ({ actual, restore }, outputs) => regressionMetrics({ actual, predicted: restore(outputs) }).r2,
  trivial: () => ({ kind: 'series' }),
  baseline: (_, judged) => ({ metrics: naiveFigures(judged, judged.season > 1 ? 'seasonalNaive' : 'naive') }),
};

/** @param predicted [rows, horizon], in the target's own unit */
export const figuresOf = ({ actual, beside }: SeriesTruth, predicted: Float64Array): ForecastMetrics =>
  forecastMetrics({ actual, predicted, scales: beside?.scales ?? new Float64Array(actual.length) });

export const naiveFigures = (truth: SeriesTruth, which: 'naive' | 'seasonalNaive'): ForecastMetrics =>
  figuresOf(truth, truth.beside?.[which] ?? new Float64Array(truth.actual.length));
