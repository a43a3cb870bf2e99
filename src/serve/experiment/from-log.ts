/** The units of an experiment, read from the log of what its arms were asked. */
import { day } from '../../data/cadence.js';
import { textAt } from '../../data/columns/text.js';
import type { Column, NumberColumn, TableChunk, TextColumn } from '../../data/table.js';
import type { ExperimentRecord, Metric } from '../../spec/experiment.js';
import type { LogRecord } from '../../spec/prediction-log.js';
import type { Store } from '../../storage/store.js';
import { outcomePrefix } from '../log/fields.js';
import { readLog } from '../log/read.js';
import { noUnits, type Observations } from './observations.js';

interface Unit {
  arm: number;
  first: number;
  sums: number[];
  rows: number[];
}

/** @param log undefined where nothing was asked yet. @throws AbortError */
export async function observationsFromLog(
  store: Store,
  log: LogRecord | undefined,
  { spec, created, ended }: ExperimentRecord,
  signal?: AbortSignal,
): Promise<Observations> {
  const metrics: readonly Metric[] = [spec.metric, ...spec.guardrails];
  const [since, until] = [created, ended ?? Infinity];
  const before = new Map<string, number>();
  const units = new Map<string, Unit>();
  const crossed = new Set<string>();
  const { fields, chunks } = log ? await readLog(store, log, { events: eventsOf(metrics) }, signal) : { fields: [], chunks: nothing() };
  const place = (name: string): number => fields.findIndex((field) => field.name === name);
  const [arms, owners, ids, times] = ['arm', 'unit', 'id', 'time'].map(place);
  const places = metrics.map(({ column }) => place(column));
  for await (const { rows, columns } of chunks) {
    const armOf = codesOf(
      columns[arms] as TextColumn,
      spec.arms.map(({ name }) => name),
    );
    const time = (columns[times] as NumberColumn).values;
    const values = places.map((column, index) => reader(columns[column], metrics[index]));
    for (let row = 0; row < rows; row++) {
      const owner = textAt(columns[owners] as TextColumn, row);
      if (time[row] < since) {
        if (spec.covariateDays === undefined || owner === undefined || time[row] < since - spec.covariateDays * day) continue;
        before.set(owner, (before.get(owner) ?? 0) + (values[0](row) ?? 0));
        continue;
      }
      const arm = armOf(row);
      if (arm < 0 || time[row] > until) continue;
      const key = owner ?? textAt(columns[ids] as TextColumn, row) ?? '';
      const unit = units.get(key) ?? { arm, first: time[row], sums: metrics.map(() => 0), rows: metrics.map(() => 0) };
      units.set(key, unit);
      if (unit.arm !== arm) {
        crossed.add(key);
        continue;
      }
      for (const [index, value] of values.entries()) {
        const own = value(row);
        if (own === undefined) continue;
        unit.sums[index] += own;
        unit.rows[index] += 1;
      }
    }
  }
  const made = spec.arms.map(() => noUnits(metrics.length, spec.covariateDays !== undefined));
  for (const [key, { arm, first, sums, rows }] of units) {
    const own = made[arm];
    own.first.push(first);
    own.before?.push(before.get(key) ?? 0);
    for (const [index, figures] of own.figures.entries()) {
      figures.sums.push(sums[index]);
      figures.rows.push(rows[index]);
    }
  }
  return { arms: made, crossed: crossed.size };
}

const eventsOf = (metrics: readonly Metric[]): string[] =>
  metrics.flatMap(({ column }) => (column.startsWith(outcomePrefix) ? [column.slice(outcomePrefix.length)] : []));

async function* nothing(): AsyncGenerator<TableChunk> {}

/** An outcome that has not come is 0; of another column, a value that is missing is no row of it. */
function reader(column: Column | undefined, { column: name }: Metric): (row: number) => number | undefined {
  const none = name.startsWith(outcomePrefix) ? 0 : undefined;
  if (column?.kind !== 'number') return () => none;
  return (row) => (Number.isNaN(column.values[row]) ? none : column.values[row]);
}

function codesOf({ codes, dictionary }: TextColumn, names: readonly string[]): (row: number) => number {
  const known = dictionary.map((text) => names.indexOf(text));
  return (row) => (codes[row] < 0 ? -1 : known[codes[row]]);
}
