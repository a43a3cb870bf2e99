/** A forecast beside the naive ones on rows that it has not seen, from every origin in turn: by step, and as lines to look at. */
import type { Backtest } from '../../spec/backtest.js';
import { naiveFigures, type SeriesTruth } from '../tasks/series.js';
import type { Truth } from '../tasks/table.js';

/** The latest origins, which are drawn. */
const mostShown = 200;

/** @param of.validation,of.test truths; `outputs` are the model's on the test rows, scaled: [rows, horizon] */
export function backtestOf(of: { validation: Truth; test: Truth; outputs: Float32Array }): Backtest | undefined {
  const { validation, test, outputs } = of;
  if (test.kind !== 'series' || validation.kind !== 'series' || !test.beside) return undefined;
  const { horizon, season } = test;
  const predicted = test.restore(outputs);
  const { naive, seasonalNaive } = test.beside;
  const error = (of: Float64Array, step: number): number => meanError(test, of, step);
  const steps = Array.from({ length: horizon }, (_, index) => index + 1);
  return {
    horizon,
    season,
    baselines: {
      naive: { validation: naiveFigures(validation, 'naive'), test: naiveFigures(test, 'naive') },
      seasonalNaive: { validation: naiveFigures(validation, 'seasonalNaive'), test: naiveFigures(test, 'seasonalNaive') },
    },
    byStep: steps.map((step) => ({
      step,
      mae: error(predicted, step),
      naive: error(naive, step),
      seasonalNaive: error(seasonalNaive, step),
    })),
    lines: [...new Set([1, horizon])].map((step) => lineOf(test, predicted, step)),
  };
}

function meanError({ actual, horizon }: SeriesTruth, predicted: Float64Array, step: number): number {
  let [sum, rows] = [0, 0];
  for (let place = step - 1; place < actual.length; place += horizon) {
    sum += Math.abs(actual[place] - predicted[place]);
    rows++;
  }
  return sum / rows;
}

/** Of the first series, in the order of time. */
function lineOf({ actual, beside, horizon, season }: SeriesTruth, predicted: Float64Array, step: number): Backtest['lines'][number] {
  const { times, naive, seasonalNaive, series } = beside as NonNullable<SeriesTruth['beside']>;
  const places = series
    .flatMap((name, row) => (name === series[0] ? [row * horizon + step - 1] : []))
    .sort((a, b) => times[a] - times[b])
    .slice(-mostShown);
  const of = (values: Float64Array): number[] => places.map((place) => values[place]);
  return {
    step,
    ...(series[0] === '' ? {} : { series: series[0] }),
    times: of(times),
    actual: of(actual),
    forecast: of(predicted),
    naive: of(season > 1 ? seasonalNaive : naive),
  };
}
