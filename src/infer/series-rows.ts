/** Rows of time series as a forecast goes through them: those given, those remembered from before, and one before the first of a series. */
import { compareTexts } from '../base/texts.js';
import { timeAfter } from '../data/cadence.js';
import { columnNamed, numbersOf, textsOf } from '../data/columns/access.js';
import { textColumn } from '../data/columns/text.js';
import { chosenRows } from '../data/rows-of.js';
import type { Column, Table } from '../data/table.js';
import { joinChunks } from '../data/whole.js';
import { type Series, seriesOf } from '../data/windows.js';
import type { Field } from '../spec/field.js';
import { isNumeric } from '../spec/field-type.js';
import type { FittedPipeline, FittedTarget, LatestRows } from '../spec/pipeline.js';
import type { WindowSpec } from '../spec/pipeline-spec.js';

/** A pipeline that forecasts. */
export interface ForecastPipeline extends FittedPipeline {
  windows: WindowSpec;
  target: Extract<FittedTarget, { kind: 'series' }>;
}

export const isForecast = (pipeline: FittedPipeline): pipeline is ForecastPipeline =>
  pipeline.target.kind === 'series' && pipeline.windows !== undefined;

export interface SeriesRows {
  table: Table;
  /** [rows]: 1 where the target's value was given, so that the row is an origin. */
  isKnown: Uint8Array;
}

/** The columns that are read, each in the form of its type. @throws InputError `missing-column` or `not-a-number` */
export function seriesColumns(fields: readonly Field[], table: Table): Table {
  const columns = fields.map(({ name, type }): Column => {
    const column = columnNamed(table, name);
    return isNumeric(type) ? { kind: 'number', values: numbersOf(column, name) } : { kind: 'text', ...textsOf(column, name) };
  });
  return { rows: table.rows, names: fields.map(({ name }) => name), columns };
}

export function asRows(table: Table, target: string): SeriesRows {
  const values = numbersOf(columnNamed(table, target), target);
  return { table, isKnown: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)) };
}

export function joined(parts: readonly SeriesRows[]): SeriesRows {
  const table = joinChunks(
    parts[0].table.names,
    parts.map((part) => part.table),
  );
  const isKnown = new Uint8Array(table.rows);
  let start = 0;
  for (const part of parts) {
    isKnown.set(part.isKnown, start);
    start += part.table.rows;
  }
  return { table, isKnown };
}

export function someRows({ table, isKnown }: SeriesRows, rows: Uint32Array): SeriesRows {
  return { table: chosenRows(table, rows), isKnown: Uint8Array.from(rows, (row) => isKnown[row]) };
}

/** What a model keeps of the series that it learnt from, as a table. */
export function latestTable(fields: readonly Field[], { rows, columns }: LatestRows): Table {
  const given = fields.map(({ name, type }): Column => {
    const values = columns.find((column) => column.name === name)?.values ?? new Array(rows).fill(null);
    return isNumeric(type)
      ? { kind: 'number', values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))) }
      : textColumn(values.map((value) => (value === null ? undefined : String(value))));
  });
  return { rows, names: fields.map(({ name }) => name), columns: given };
}

/** The last rows of each series, as many as windows reach back. @param table of the model's fields */
export function latestRows(fields: readonly Field[], windows: WindowSpec, whole: Table): LatestRows {
  const table = seriesColumns(fields, whole);
  const kept = seriesOf(windows, table).groups.flatMap((rows) => [...rows.subarray(Math.max(0, rows.length - windows.length))]);
  const last = chosenRows(table, Uint32Array.from(kept).sort());
  return {
    rows: last.rows,
    columns: last.columns.map((column, index) => ({
      name: last.names[index],
      values: Array.from({ length: last.rows }, (_, row) => {
        if (column.kind === 'number') return Number.isNaN(column.values[row]) ? null : column.values[row];
        return column.kind === 'text' && column.codes[row] >= 0 ? column.dictionary[column.codes[row]] : null;
      }),
    })),
  };
}

/** Rows that a model remembers and that come before all of their series which are asked about now. */
export function before({ time, group }: WindowSpec, remembered: SeriesRows, asked: Table): SeriesRows {
  const first = new Map<string, number>();
  eachRow(asked, time, group, (_, at, name) => first.set(name, Math.min(at, first.get(name) ?? Number.POSITIVE_INFINITY)));
  const rows: number[] = [];
  eachRow(remembered.table, time, group, (row, at, name) => {
    if (at < (first.get(name) ?? Number.POSITIVE_INFINITY)) rows.push(row);
  });
  return someRows(remembered, Uint32Array.from(rows));
}

/** Rows that a series begins with are told from one before, of which nothing is known but its time. */
export function withRowBefore({ windows, target }: ForecastPipeline, rows: SeriesRows): SeriesRows {
  const { time, group } = windows;
  const first = new Map<string, { row: number; at: number }>();
  eachRow(rows.table, time, group, (row, at, name) => {
    if (!first.has(name) || at < (first.get(name)?.at ?? 0)) first.set(name, { row, at });
  });
  const starts = Array.from(first.values(), ({ row, at }) => ({ row, at: timeAfter(at, -1, target.cadence) }));
  return joined([{ table: rowsOfTimes(windows, rows.table, starts), isKnown: new Uint8Array(starts.length).fill(1) }, rows]);
}

/** The rows after the last of each series, by its name: their time and their group, and nothing else. */
export function rowsAfter({ windows, target }: ForecastPipeline, { table }: SeriesRows, count: number): Table {
  const { time, group } = windows;
  const times = numbersOf(columnNamed(table, time), time);
  const names = seriesNames(table, group);
  const last = seriesOf(windows, table).groups.flatMap((rows) => (rows.length > 0 ? [rows[rows.length - 1]] : []));
  last.sort((one, other) => compareTexts(names[one], names[other]));
  const steps = last.flatMap((row) =>
    Array.from({ length: count }, (_, index) => ({ row, at: timeAfter(times[row], index + 1, target.cadence) })),
  );
  return rowsOfTimes(windows, table, steps);
}

/** Rows of which nothing is known but their time and that they are of the series of a row of the table. */
function rowsOfTimes({ time, group }: WindowSpec, table: Table, times: readonly { row: number; at: number }[]): Table {
  const own = chosenRows(
    table,
    Uint32Array.from(times, ({ row }) => row),
  );
  const columns = own.columns.map((column, index): Column => {
    const name = own.names[index];
    if (name === time) return { kind: 'number', values: Float64Array.from(times, ({ at }) => at) };
    if (name === group) return column;
    return column.kind === 'number'
      ? { kind: 'number', values: new Float64Array(own.rows).fill(Number.NaN) }
      : textColumn(times.map(() => undefined));
  });
  return { ...own, columns };
}

/** The name of the series that each row is of: the group's value, empty where there is none. */
export function seriesNames(table: Table, group: string | undefined): string[] {
  if (group === undefined) return new Array(table.rows).fill('');
  const { codes, dictionary } = textsOf(columnNamed(table, group), group);
  return Array.from(codes, (code) => (code < 0 ? '' : dictionary[code]));
}

function eachRow(table: Table, time: string, group: string | undefined, visit: (row: number, at: number, name: string) => void): void {
  const times = numbersOf(columnNamed(table, time), time);
  const names = seriesNames(table, group);
  for (let row = 0; row < table.rows; row++) if (!Number.isNaN(times[row])) visit(row, times[row], names[row]);
}

/** From where each row is told: the row itself and how many steps lie between; none where a row has no time. */
export interface Origin {
  row: number;
  step: number;
  /** How often forecasts have to be taken for values first. */
  round: number;
}

/**
 * [rows]: undefined where a row has no time, or none before it is known. Every value that is given is an origin; where none is for more than a
 * horizon, every horizon's last forecast is.
 */
export function originsOf({ groups }: Series, isKnown: Uint8Array, horizon: number): (Origin | undefined)[] {
  const origins = Array.from<Origin | undefined>({ length: isKnown.length });
  for (const rows of groups) {
    let latest = -1;
    for (const [place, row] of rows.entries()) {
      if (latest >= 0) {
        const round = Math.floor((place - latest - 1) / horizon);
        const from = latest + round * horizon;
        origins[row] = { row: rows[from], step: place - from, round };
      }
      if (isKnown[row]) latest = place;
    }
  }
  return origins;
}
