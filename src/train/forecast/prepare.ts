/** What a forecast's pipeline knows beside its scaling, and what its rows are judged beside. Scales are of training rows alone. */
import { columnNamed, numbersOf } from '../../data/columns/access.js';
import { naiveForecasts } from '../../data/naive.js';
import { widthOf } from '../../data/steps/apply.js';
import type { Sequence } from '../../data/steps/sequence.js';
import type { Table } from '../../data/table.js';
import { scaleFinder } from '../../data/targets/series.js';
import { laggedName, neighbour, seriesOf } from '../../data/windows.js';
import { latestRows, seriesNames } from '../../infer/series-rows.js';
import type { Field } from '../../spec/field.js';
import type { Cadence, FittedPipeline } from '../../spec/pipeline.js';
import type { WindowSpec } from '../../spec/pipeline-spec.js';
import { naiveScale } from '../../stats/forecast.js';
import type { Frame } from '../frame.js';
import type { Part } from '../part.js';
import { mostSeasons } from '../presets/naive.js';
import type { RecipeFacts } from '../recipe.js';

/** Values that a model keeps of its series: of more, none are kept, and a table is to begin with the rows before. */
const mostKept = 200_000;

/** A frame in the order of time, and what was decided of it. */
export interface ForecastRows extends Frame {
  target: string;
  windows: WindowSpec;
  season: number;
  cadence: Cadence;
}

/**
 * The pipeline with how far ahead, in which season and at which scales its target is told. What the window holds of the target is scaled as the
 * target is, so that one can be told as a change from the other.
 */
export function forecasting(pipeline: FittedPipeline, of: ForecastRows, training: Uint32Array): FittedPipeline {
  const { target } = pipeline;
  if (target.kind !== 'series') return pipeline;
  const { season, cadence, windows } = of;
  const scales = scalesOf(of, training);
  const now = pipeline.steps.find((step) => step.column === laggedName(target.column, 0));
  const scaling = now?.kind === 'number' ? { transform: now.transform, mean: now.centre, deviation: now.scale } : {};
  return { ...pipeline, target: { ...target, ...scaling, horizon: windows.horizon, season, cadence, scales } };
}

/** Where in a window the target lies, when a whole season of it is there. */
export function seasonOf({ target, windows, steps }: FittedPipeline, { length }: Sequence): Pick<RecipeFacts, 'season'> {
  if (target.kind !== 'series' || !windows || target.season > length || target.horizon > target.season * mostSeasons) return {};
  const oldest = steps.findIndex((step) => step.kind === 'number' && step.column === laggedName(target.column, length - 1));
  if (oldest < 0) return {};
  const channel = steps.slice(0, oldest).reduce((sum, step) => sum + widthOf(step), 0);
  return { season: { rows: target.season, horizon: target.horizon, channel } };
}

function scalesOf({ table, series, target, windows, season }: ForecastRows, training: Uint32Array) {
  if (!series) return [];
  const times = numbersOf(columnNamed(table, windows.time), windows.time);
  const values = numbersOf(columnNamed(table, target), target);
  const names = seriesNames(table, windows.group);
  const last = training.reduce((most, row) => Math.max(most, times[neighbour(series, row, windows.horizon)]), Number.NEGATIVE_INFINITY);
  return series.groups.flatMap((rows) => {
    if (rows.length === 0) return [];
    const learnt = rows.filter((row) => times[row] <= last);
    const scale = naiveScale(
      Float64Array.from(learnt, (row) => values[row]),
      season,
    );
    return [{ series: names[rows[0]], scale: Number.isNaN(scale) ? null : scale }];
  });
}

/** @param rows of the frame that the part is of */
export function besideNaive<Some extends Part>(part: Some, pipeline: FittedPipeline, frame: Frame, rows: Uint32Array): Some {
  const { truth } = part;
  const { target, windows } = pipeline;
  if (truth.kind !== 'series' || target.kind !== 'series' || !frame.series || !windows) return part;
  const { table, series } = frame;
  const { horizon } = target;
  const values = numbersOf(columnNamed(table, target.column), target.column);
  const times = numbersOf(columnNamed(table, windows.time), windows.time);
  const all = seriesNames(table, windows.group);
  const names = Array.from(rows, (row) => all[row]);
  const scaleOf = scaleFinder(target);
  const places = rows.length * horizon;
  const beside = {
    ...naiveForecasts(series, values, rows, target),
    scales: Float64Array.from({ length: places }, (_, place) => scaleOf(names[Math.floor(place / horizon)])),
    times: Float64Array.from(
      { length: places },
      (_, place) => times[neighbour(series, rows[Math.floor(place / horizon)], (place % horizon) + 1)],
    ),
    series: names,
  };
  return { ...part, truth: { ...truth, beside } };
}

/** The pipeline with the end of each series, so that it can be gone on from. @param fields that it reads */
export function withLatest(pipeline: FittedPipeline, fields: readonly Field[], table: Table): FittedPipeline {
  const { windows } = pipeline;
  if (!windows) return pipeline;
  const series = seriesOf(windows, table).groups.length;
  if (series * windows.length * fields.length > mostKept) return pipeline;
  return { ...pipeline, latest: latestRows(fields, windows, table) };
}
