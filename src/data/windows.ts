/**
 * Time series as windows. Rows stay what they are: each gets columns with the values of the rows before it, in the order of time within its
 * group, and, to learn from, the target of a row that lies ahead. A row's window is made of rows up to it, never of later ones.
 */
import { InputError } from '../base/errors.js';
import { finished } from '../base/in-turns.js';
import type { Field } from '../spec/field.js';
import type { WindowSpec } from '../spec/pipeline-spec.js';
import { columnNamed, numbersOf, textsOf } from './columns/access.js';
import { chosenRows } from './rows-of.js';
import { type Column, pixelsOf, type Table } from './table.js';

/** The name of a column's value so many rows before. */
export const laggedName = (column: string, rows: number): string => (rows === 0 ? `${column} (now)` : `${column} (${rows} before)`);

/** The name of the target's value so many rows ahead. */
export const aheadName = (column: string, rows: number): string => `${column} (${rows} ahead)`;

/** Which values a row's window holds. The target's own value of now is a column too, since the target is that of a later row. */
export function lagsOf({ columns, length }: WindowSpec, target: string): { column: string; rows: number }[] {
  return columns.flatMap((column) => {
    const first = column === target ? 0 : 1;
    return Array.from({ length: Math.max(0, length - first) }, (_, index) => ({ column, rows: index + first }));
  });
}

/** @throws InputError `missing-column` or `step-misfit` */
export function windowFields(windows: WindowSpec, target: string, fields: readonly Field[]): Field[] {
  const named = (name: string): Field => {
    const field = fields.find((each) => each.name === name);
    if (!field) {
      throw new InputError('missing-column', `There is no column "${name}" to make windows of.`, {
        advice: `The columns are: ${fields.map((each) => `"${each.name}"`).join(', ')}.`,
        place: { column: name, field: 'pipeline.windows' },
      });
    }
    if (field.type !== 'picture') return field;
    throw new InputError('step-misfit', `Column "${name}" holds pictures, and no windows are made of these.`, {
      advice: 'Name another column.',
      place: { column: name, field: 'pipeline.windows' },
    });
  };
  named(windows.time);
  if (windows.group !== undefined) named(windows.group);
  return lagsOf(windows, target).map(({ column, rows }) => ({
    ...named(column),
    name: laggedName(column, rows),
    reason: rows === 0 ? `It is the value of "${column}" in the row itself.` : `It is the value of "${column}" ${rows} rows before.`,
  }));
}

export interface Series {
  /** The rows of each group in the order of time. Rows without a time are in none. */
  groups: Uint32Array[];
  /** [rows]: group and place of each row; −1 where it is in none. */
  groupOf: Int32Array;
  placeOf: Int32Array;
}

/** @throws InputError `missing-column` or `not-a-number` */
export function seriesOf({ time, group }: WindowSpec, table: Table): Series {
  const times = numbersOf(columnNamed(table, time), time);
  return finished(makingSeries(times, group === undefined ? undefined : textsOf(columnNamed(table, group), group).codes));
}

/** Rows looked at without a pause. */
const rowsAtOnce = 2 ** 18;

/**
 * In passes over the rows that take time in proportion to them; only series that are not in order are sorted.
 * @param codes [rows] of groups, −1 for those without one, which are a series too
 */
export function* makingSeries(times: Float64Array, codes?: Int32Array): Generator<void, Series> {
  const rows = times.length;
  const groupOf = new Int32Array(rows).fill(-1);
  const placeOf = new Int32Array(rows).fill(-1);
  const sizes: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (row % rowsAtOnce === 0) yield;
    if (Number.isNaN(times[row])) continue;
    const group = (codes?.[row] ?? 0) + 1;
    groupOf[row] = group;
    sizes[group] = (sizes[group] ?? 0) + 1;
  }
  let start = 0;
  const members = new Uint32Array(sizes.reduce((sum, size) => sum + (size ?? 0), 0));
  const groups = Array.from(sizes, (size = 0) => {
    start += size;
    return members.subarray(start - size, start);
  });
  const filled = new Uint32Array(groups.length);
  for (let row = 0; row < rows; row++) {
    if (row % rowsAtOnce === 0) yield;
    if (groupOf[row] >= 0) groups[groupOf[row]][filled[groupOf[row]]++] = row;
  }
  for (const series of groups) {
    const isInOrder = series.every((row, place) => place === 0 || times[series[place - 1]] <= times[row]);
    // Rows of the same time stay in their order.
    if (!isInOrder) series.sort((a, b) => times[a] - times[b] || a - b);
    series.forEach((row, place) => {
      placeOf[row] = place;
    });
    yield;
  }
  return { groups, groupOf, placeOf };
}

/** The row that lies so many rows ahead in a row's series (behind where negative); −1 where there is none. */
export function neighbour({ groups, groupOf, placeOf }: Series, row: number, ahead: number): number {
  if (groupOf[row] < 0) return -1;
  const rows = groups[groupOf[row]];
  const place = placeOf[row] + ahead;
  return place >= 0 && place < rows.length ? rows[place] : -1;
}

/** A column's values taken from other rows; −1 gives a missing one. */
function taken(column: Column, from: Int32Array): Column {
  if (column.kind === 'number')
    return { kind: 'number', values: Float64Array.from(from, (row) => (row < 0 ? Number.NaN : column.values[row])) };
  if (column.kind === 'text') {
    return { kind: 'text', codes: from.map((row) => (row < 0 ? -1 : column.codes[row])), dictionary: column.dictionary };
  }
  const length = pixelsOf(column.size);
  const pixels = new Uint8Array(from.length * length);
  from.forEach((row, index) => {
    if (row >= 0) pixels.set(column.pixels.subarray(row * length, (row + 1) * length), index * length);
  });
  return { ...column, pixels };
}

/** The table, or some of its rows, with the values of earlier rows as further columns. */
export function withLags(windows: WindowSpec, target: string, table: Table, series = seriesOf(windows, table), asked?: Uint32Array): Table {
  const lags = lagsOf(windows, target);
  const own = asked ? chosenRows(table, asked) : table;
  const rows = asked ?? Uint32Array.from({ length: table.rows }, (_, row) => row);
  const columns = lags.map(({ column, rows: before }) =>
    taken(
      columnNamed(table, column),
      Int32Array.from(rows, (row) => neighbour(series, row, -before)),
    ),
  );
  return {
    rows: own.rows,
    names: [...table.names, ...lags.map(({ column, rows: before }) => laggedName(column, before))],
    columns: [...own.columns, ...columns],
  };
}

/** The table with, as each row's target, that of the row which lies ahead; missing where there is none yet. */
export function withTargetAhead({ horizon }: WindowSpec, target: string, table: Table, series: Series): Table {
  const place = table.names.indexOf(target);
  const ahead = Int32Array.from({ length: table.rows }, (_, row) => neighbour(series, row, horizon));
  return { ...table, columns: table.columns.with(place, taken(columnNamed(table, target), ahead)) };
}

/** The table with the targets of all rows up to the horizon as columns beside it; missing where there are none yet. */
export function withTargetsAhead({ horizon }: WindowSpec, target: string, table: Table, series: Series): Table {
  const column = columnNamed(table, target);
  const steps = Array.from({ length: horizon }, (_, index) => index + 1);
  const ahead = steps.map((step) =>
    taken(
      column,
      Int32Array.from({ length: table.rows }, (_, row) => neighbour(series, row, step)),
    ),
  );
  return { ...table, names: [...table.names, ...steps.map((step) => aheadName(target, step))], columns: [...table.columns, ...ahead] };
}

/** The rows that can be learnt from: with a whole window behind them, every so-manieth of their series where steps are taken. */
export function rowsWithWindow({ length, step = 1 }: WindowSpec, { placeOf }: Series, rows: Uint32Array): Uint32Array {
  return rows.filter((row) => placeOf[row] >= length - 1 && (placeOf[row] - (length - 1)) % step === 0);
}

/**
 * Of earlier rows those whose target, which lies ahead, is older than all that the windows of some later rows hold: no value that a later
 * part is asked about, or asked with, has been learnt.
 */
export function beforeWindows(
  windows: WindowSpec,
  table: Table,
  series: Series,
  earlier: Uint32Array,
  later: readonly Uint32Array[],
): Uint32Array {
  const times = numbersOf(columnNamed(table, windows.time), windows.time);
  let first = Number.POSITIVE_INFINITY;
  for (const rows of later) {
    for (const row of rows) first = Math.min(first, times[Math.max(0, neighbour(series, row, 1 - windows.length))]);
  }
  return earlier.filter((row) => times[neighbour(series, row, windows.horizon)] < first);
}
