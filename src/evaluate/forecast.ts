/** What a forecast is worth on rows: told from every row in turn, as far as rows that came later lie within the horizon. */
import { InputError } from '../base/errors.js';
import { columnNamed } from '../data/columns/access.js';
import { naiveForecasts } from '../data/naive.js';
import type { Table } from '../data/table.js';
import { scaleFinder } from '../data/targets/series.js';
import { neighbour } from '../data/windows.js';
import type { Forecaster } from '../infer/forecaster.js';
import { type ForecastPipeline, seriesNames } from '../infer/series-rows.js';
import type { ForecastMetrics } from '../spec/metrics.js';
import type { EvaluationReport } from '../spec/report.js';
import { forecastMetrics } from '../stats/forecast.js';
import { requireFewGroups } from './groups.js';

interface Pair {
  step: number;
  /** Of the table that was asked about. */
  row: number;
  actual: number;
  predicted: number;
  naive: number;
  seasonalNaive: number;
  scale: number;
}

/**
 * @param rows all that are asked about
 * @throws InputError `no-rows` or `too-many-groups`; AbortError
 */
export async function forecastReport(
  forecaster: Forecaster,
  pipeline: ForecastPipeline,
  rows: Table,
  group: string | undefined,
  signal?: AbortSignal,
): Promise<EvaluationReport> {
  const pairs = await pairsOf(forecaster, pipeline, rows, signal);
  const { column, horizon } = pipeline.target;
  if (pairs.length === 0) {
    throw new InputError('no-rows', `None of the ${rows.rows} rows has a value of "${column}" and one before it.`, {
      advice: 'Give rows that follow each other, with their true values.',
      place: { column },
    });
  }
  const measured = new Set(pairs.map(({ row }) => row)).size;
  const figures = (of: readonly Pair[], which: 'predicted' | 'naive' | 'seasonalNaive' = 'predicted'): ForecastMetrics =>
    forecastMetrics({
      actual: of.map(({ actual }) => actual),
      predicted: of.map((pair) => pair[which]),
      scales: of.map(({ scale }) => scale),
    });
  const bySteps = Array.from({ length: horizon }, (_, index) => pairs.filter(({ step }) => step === index + 1)).filter(
    ({ length }) => length > 0,
  );
  return {
    task: 'forecast',
    target: column,
    rows: measured,
    leftOut: rows.rows - measured,
    warnings: [],
    metrics: figures(pairs),
    baselines: { naive: figures(pairs, 'naive'), seasonalNaive: figures(pairs, 'seasonalNaive') },
    byStep: bySteps.map((of) => ({
      step: of[0].step,
      mae: figures(of).mae,
      naive: figures(of, 'naive').mae,
      seasonalNaive: figures(of, 'seasonalNaive').mae,
    })),
    ...(group === undefined ? {} : { groups: byGroup(pairs, rows, group, figures) }),
  };
}

async function pairsOf(forecaster: Forecaster, pipeline: ForecastPipeline, rows: Table, signal?: AbortSignal): Promise<Pair[]> {
  const { windows, target } = pipeline;
  const { table, first, series, values, origins, outputs } = await forecaster.paths(rows, signal);
  const { naive, seasonalNaive } = naiveForecasts(series, values, origins, target);
  const names = seriesNames(table, windows.group);
  const scaleOf = scaleFinder(target);
  return Array.from(origins).flatMap((origin, index) =>
    Array.from({ length: target.horizon }, (_, step) => step + 1).flatMap((step) => {
      const row = neighbour(series, origin, step);
      if (row < first || Number.isNaN(values[row])) return [];
      const place = index * target.horizon + step - 1;
      const told = { predicted: outputs[place], naive: naive[place], seasonalNaive: seasonalNaive[place] };
      return [{ step, row: row - first, actual: values[row], ...told, scale: scaleOf(names[origin]) }];
    }),
  );
}

function byGroup(
  pairs: readonly Pair[],
  rows: Table,
  group: string,
  figures: (of: readonly Pair[]) => ForecastMetrics,
): NonNullable<EvaluationReport['groups']> {
  columnNamed(rows, group);
  const names = seriesNames(rows, group);
  const byName = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const own = byName.get(names[pair.row]) ?? [];
    own.push(pair);
    byName.set(names[pair.row], own);
  }
  requireFewGroups(byName.size, group);
  const reports = Array.from(byName, ([name, own]) => ({
    group: name,
    rows: new Set(own.map(({ row }) => row)).size,
    metrics: figures(own),
  }));
  return reports.sort((one, other) => (one.group < other.group ? -1 : 1));
}
