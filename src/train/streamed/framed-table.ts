/**
 * A time series that stays stored, as training frames it: each chunk with windows behind its rows and the target ahead of them. In memory are,
 * for each row, its time and its place in its series; of the values only those of neighbouring chunks.
 */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { inTurns } from '../../base/in-turns.js';
import { columnNamed, numbersOf } from '../../data/columns/access.js';
import type { Column } from '../../data/table.js';
import { laggedName, lagsOf, makingSeries, neighbour, type Series, windowFields } from '../../data/windows.js';
import type { WindowSpec } from '../../spec/pipeline-spec.js';
import { Codes } from './codes.js';
import { Neighbours } from './neighbours.js';
import { firstRows, type StoredTable } from './stored-table.js';

export interface FramedTable extends StoredTable {
  windows: WindowSpec;
  series: Series;
  /** [rows] */
  times: Float64Array;
}

/** Columns of chunks looked at lately, in bytes. */
const keptBytes = 32 * 2 ** 20;
/** Where the neighbours of a chunk's rows lie in more chunks than this, all chunks' wanted columns are kept: reading them again and again would never end. */
const mostChunks = 8;

/** @throws InputError `missing-column`, `not-a-number` or `step-misfit`; AbortError */
export async function framedTable(table: StoredTable, windows: WindowSpec, target: string, signal?: AbortSignal): Promise<FramedTable> {
  const added = windowFields(windows, target, table.fields);
  const { times, groups, known } = await readTimes(table, windows, target, signal);
  const series = await inTurns(makingSeries(times, groups), signal);
  const learnable = learnableRows(windows, series, known);
  const lags = lagsOf(windows, target);
  const first = firstRows(table.record);
  const isScattered = await scattered(windows, series, first);
  const wanted = [...new Set([...lags.map(({ column }) => column), target])];
  const neighbours = new Neighbours(table, wanted, isScattered ? Number.POSITIVE_INFINITY : keptBytes);
  return {
    record: table.record,
    fields: [...table.fields, ...added],
    windows,
    series,
    times,
    async read(chunk) {
      const raw = await table.read(chunk);
      const at = (place: (row: number) => number): Int32Array =>
        Int32Array.from({ length: raw.rows }, (_, index) => place(first[chunk] + index));
      const [ahead, ...behind] = await neighbours.gather([
        { column: target, from: at((row) => (learnable[row] ? neighbour(series, row, windows.horizon) : -1)) },
        ...lags.map(({ column, rows }) => ({ column, from: at((row) => neighbour(series, row, -rows)) })),
      ]);
      const columns = raw.columns.map((column, index): Column => (raw.names[index] === target ? ahead : column));
      return {
        rows: raw.rows,
        names: [...raw.names, ...lags.map(({ column, rows }) => laggedName(column, rows))],
        columns: [...columns, ...behind],
      };
    },
  };
}

async function readTimes(table: StoredTable, { time, group }: WindowSpec, target: string, signal?: AbortSignal) {
  const { rows, chunks } = table.record;
  const times = new Float64Array(rows);
  const groups = group === undefined ? undefined : new Codes(rows);
  const known = new Uint8Array(rows);
  let start = 0;
  for (let index = 0; index < chunks.length; index++) {
    throwIfAborted(signal);
    const chunk = await table.read(index);
    times.set(numbersOf(columnNamed(chunk, time), time), start);
    const first = start;
    if (group !== undefined) groups?.add(chunk, group, (row) => first + row);
    const column = columnNamed(chunk, target);
    for (let row = 0; row < chunk.rows; row++) {
      const isThere = column.kind === 'number' ? !Number.isNaN(column.values[row]) : column.kind === 'text' && column.codes[row] >= 0;
      known[first + row] = isThere ? 1 : 0;
    }
    start += chunk.rows;
    await yieldToEventLoop();
  }
  return { times, groups: groups?.values, known };
}

/** [rows]: 1 where there is a whole window behind a row and a target ahead of it. */
function learnableRows({ length, step = 1, horizon }: WindowSpec, series: Series, known: Uint8Array): Uint8Array {
  return known.map((_, row) => {
    const place = series.placeOf[row] - (length - 1);
    if (place < 0 || place % step !== 0) return 0;
    const ahead = neighbour(series, row, horizon);
    return ahead < 0 ? 0 : known[ahead];
  });
}

/** Whether rows' windows lie all over the table. */
async function scattered({ length, horizon }: WindowSpec, series: Series, first: Uint32Array): Promise<boolean> {
  const chunks = first.length - 1;
  let far = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    let [least, greatest] = [first[chunk], first[chunk + 1] - 1];
    for (let row = first[chunk]; row < first[chunk + 1]; row++) {
      for (const ahead of [1 - length, horizon]) {
        const other = neighbour(series, row, ahead);
        if (other < 0) continue;
        least = Math.min(least, other);
        greatest = Math.max(greatest, other);
      }
    }
    let reached = 0;
    for (let other = 0; other < chunks; other++) if (first[other] <= greatest && first[other + 1] > least) reached++;
    far += reached;
    await yieldToEventLoop();
  }
  return far > mostChunks * chunks;
}
