/**
 * What a forecast decides where nobody said so: the time, how far is looked back, the season, and what of the calendar is learnt. Of the values
 * only those are looked at that come before all validation and test rows: no later value changes what is decided.
 */
import { InputError } from '../../base/errors.js';
import { cadenceOf, cadenceWords, day, usualSeasons } from '../../data/cadence.js';
import { columnNamed, listed, numbersOf } from '../../data/columns/access.js';
import { seasonOf } from '../../data/season.js';
import type { Table } from '../../data/table.js';
import { type Series, seriesOf } from '../../data/windows.js';
import type { DatasetRecord, Warning } from '../../spec/dataset.js';
import type { Field } from '../../spec/field.js';
import type { DatePart } from '../../spec/fitted-steps.js';
import type { Cadence } from '../../spec/pipeline.js';
import type { ColumnStep, PipelineSpec, WindowSpec } from '../../spec/pipeline-spec.js';
import type { TrainingSpec } from '../../spec/training.js';
import { defaultSplit } from '../division.js';

export interface DecidedForecast {
  /** With the windows and the steps that were decided. */
  spec: TrainingSpec;
  season: number;
  cadence: Cadence;
  warnings: Warning[];
}

/** Looked back at least so far, in whole seasons; without a season so many rows. */
const usualLookback = 28;
const lookbackWithoutSeason = 16;
const fewestSeasons = 2;
const longestLookback = 336;
const fewestYears = 2;
/** A window takes no more than this share of a series. */
const mostOfSeries = 1 / 6;

/** @throws InputError `missing-time`, `missing-column`, `times-repeat`, `series-too-short`, `not-a-number` */
export function decideForecast({ record, table }: { record: DatasetRecord; table: Table }, asked: TrainingSpec): DecidedForecast {
  const { target, pipeline = {} } = asked;
  const time = timeColumn(record.fields, asked);
  const group = pipeline.windows?.group ?? asked.forecast?.group ?? asked.split?.group;
  if (group === target || time === target) throw targetDivides(target);
  const order: WindowSpec = { time, ...(group === undefined ? {} : { group }), columns: [target], length: 1, horizon: 1 };
  const series = seriesOf(order, table);
  const times = numbersOf(columnNamed(table, time), time);
  const longest = series.groups.reduce((most, rows) => (rows.length > most.length ? rows : most), new Uint32Array());
  const own = Float64Array.from(longest, (row) => times[row]);
  const areDates = record.fields.find(({ name }) => name === time)?.type === 'datetime';
  const cadence = cadenceOf(own, areDates);
  if (!cadence) throw timesRepeat(time, group, record.fields);
  const values = numbersOf(columnNamed(table, target), target);
  const early = longest.subarray(0, trainingRows(longest.length, asked));
  const season =
    asked.forecast?.season ??
    seasonOf(
      Float64Array.from(early, (row) => values[row]),
      usualSeasons(cadence, areDates),
    );
  const horizon = pipeline.windows?.horizon ?? asked.forecast?.horizon ?? 1;
  const length = pipeline.windows?.length ?? asked.forecast?.lookback ?? lookbackFor(season, early.length);
  if (longest.length < length + horizon + 2) throw tooShort(longest.length, length, horizon);
  const windows: WindowSpec = {
    ...pipeline.windows,
    ...order,
    columns: pipeline.windows?.columns ?? [target],
    length,
    horizon,
    each: true,
  };
  const columns = withCalendar(pipeline, time, areDates ? calendarOf(cadence, yearsOf(own.subarray(0, early.length))) : []);
  const { group: _, ...split } = asked.split ?? {};
  return {
    spec: { ...asked, split: { ...split, time: split.time ?? time }, pipeline: { ...pipeline, columns, windows } },
    season,
    cadence,
    warnings: irregular(series, times, { time, words: cadenceWords(cadence, areDates), cadence }),
  };
}

function timeColumn(fields: readonly Field[], { target, forecast, split, pipeline }: TrainingSpec): string {
  const asked = pipeline?.windows?.time ?? forecast?.time ?? split?.time;
  if (asked !== undefined) return asked;
  const dates = fields.filter(({ name, type }) => type === 'datetime' && name !== target);
  if (dates.length === 1) return dates[0].name;
  throw new InputError(
    'missing-time',
    `A forecast of "${target}" needs the column of the time, and ${dates.length === 0 ? 'no column holds dates' : `${dates.length} columns hold dates`}.`,
    {
      advice: `Name it: "forecast": { "time": "…" }, or --time COL. The columns are ${listed(fields.map(({ name }) => name))}.`,
      place: { field: 'forecast.time', option: '--time' },
    },
  );
}

/** How many rows of a series come before all that is validated or tested. */
function trainingRows(rows: number, { split = {} }: TrainingSpec): number {
  const { validation, test } = defaultSplit(rows, split);
  return Math.max(1, Math.floor(rows * (1 - validation - test)));
}

function lookbackFor(season: number, rows: number): number {
  const most = Math.max(1, Math.min(longestLookback, Math.floor(rows * mostOfSeries)));
  if (season === 1) return Math.min(lookbackWithoutSeason, most);
  const seasons = Math.max(fewestSeasons, Math.ceil(usualLookback / season));
  return Math.max(season, Math.min(seasons, Math.floor(most / season)) * season);
}

const yearsOf = (times: Float64Array): number => (times[times.length - 1] - times[0]) / (365.25 * day);

/** What of a date comes again and again for rows that follow each other so; months only where training rows have seen them twice. */
function calendarOf(cadence: Cadence, years: number): DatePart[] {
  const month: DatePart[] = years >= fewestYears ? ['month'] : [];
  if (cadence.kind === 'months') return cadence.months < 12 ? month : [];
  if (cadence.kind === 'weekdays') return [...month, 'weekday'];
  if (cadence.interval >= 28 * day) return [];
  if (cadence.interval >= 7 * day) return month;
  return cadence.interval >= day ? [...month, 'weekday'] : [...month, 'weekday', 'hour'];
}

/** The time itself is no input: it never comes again. */
function withCalendar({ columns = [] }: PipelineSpec, time: string, parts: DatePart[]): NonNullable<PipelineSpec['columns']> {
  if (columns.some(({ column }) => column === time)) return columns;
  const step: ColumnStep = parts.length > 0 ? { as: 'date', parts } : { as: 'leave-out' };
  return [...columns, { column: time, step }];
}

/** Gaps that are longer than usual: windows are of rows, whatever lies between. */
function irregular(
  series: Series,
  times: Float64Array,
  { time, words, cadence }: { time: string; words: string; cadence: Cadence },
): Warning[] {
  let [repeated, gaps] = [0, 0];
  const usual = cadence.kind === 'regular' ? cadence.interval : cadence.kind === 'months' ? cadence.months * 31 * day : 3 * day;
  for (const rows of series.groups) {
    for (let place = 1; place < rows.length; place++) {
      const gap = times[rows[place]] - times[rows[place - 1]];
      if (gap === 0) repeated++;
      else if (gap > 1.5 * usual) gaps++;
    }
  }
  const warnings: Warning[] = [];
  if (gaps > 0) {
    warnings.push({
      code: 'irregular-times',
      message: `Rows of "${time}" follow each other ${words}, but for ${gaps} longer ${gaps === 1 ? 'gap' : 'gaps'}.`,
      advice: 'A window holds the rows before, whatever lies between: add rows for the times that are missing, with an empty target.',
      place: { column: time },
    });
  }
  if (repeated > 0) {
    warnings.push({
      code: 'times-repeat',
      message: `${repeated} ${repeated === 1 ? 'row has' : 'rows have'} the time of another row of the same series in "${time}".`,
      advice: 'Name the column that tells the series apart as the group, or leave one row for each time.',
      place: { column: time },
    });
  }
  return warnings;
}

const targetDivides = (target: string): InputError =>
  new InputError('target-left-out', `Column "${target}" is the target and cannot be the time or the group of the series.`, {
    advice: 'Name another column.',
    place: { column: target },
  });

function timesRepeat(time: string, group: string | undefined, fields: readonly Field[]): InputError {
  const candidates = fields
    .filter(({ type, name }) => (type === 'category' || type === 'boolean') && name !== group)
    .map(({ name }) => name);
  return new InputError(
    'times-repeat',
    `Most rows have the same time in "${time}" as another row${group === undefined ? '' : ` of the same "${group}"`}.`,
    {
      advice: `Name the column that tells the series apart as the group (--group COL)${candidates.length > 0 ? `: perhaps ${listed(candidates)}` : ''}.`,
      place: { column: time, option: '--group' },
    },
  );
}

const tooShort = (rows: number, length: number, horizon: number): InputError =>
  new InputError('series-too-short', `The longest series has ${rows} rows; ${length} are looked back at and ${horizon} are told.`, {
    advice: 'Choose a shorter lookback or a nearer horizon, or give more rows.',
    place: { field: 'forecast' },
  });
