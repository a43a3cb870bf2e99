/** The target of a forecast: the values of the rows to come, one output each, all scaled as one value is. */
import type { FittedTarget } from '../../spec/pipeline.js';
import { columnNamed, numbersOf } from '../columns/access.js';
import type { Table } from '../table.js';
import { aheadName } from '../windows.js';
import type { TargetKind } from './target-kind.js';
import { valueTarget } from './value.js';

export type SeriesTarget = Extract<FittedTarget, { kind: 'series' }>;

/** The same scaling, of one value. */
const asValue = ({ column, transform, mean, deviation }: SeriesTarget) => ({ kind: 'value' as const, column, transform, mean, deviation });

/** The scale of each series by its name; of one that training did not have there is none. */
export function scaleFinder({ scales }: SeriesTarget): (series: string) => number {
  const known = new Map(scales.map(({ series, scale }) => [series, scale ?? Number.NaN]));
  return (series) => known.get(series) ?? Number.NaN;
}

/** [rows, horizon], in the target's own unit: columns that windows have laid ahead. @throws InputError `missing-column` */
export function valuesAhead({ column, horizon }: SeriesTarget, table: Table, rows: Uint32Array): Float64Array {
  const values = new Float64Array(rows.length * horizon);
  for (let step = 0; step < horizon; step++) {
    const name = aheadName(column, step + 1);
    const own = numbersOf(columnNamed(table, name), name);
    for (let index = 0; index < rows.length; index++) values[index * horizon + step] = own[rows[index]];
  }
  return values;
}

export const seriesTarget: TargetKind<SeriesTarget> = {
  /** How far ahead, and in which season, is for who has the rows in their order to say: until then one row, of no season. */
  fitter(column, asked) {
    const fitter = valueTarget.fitter(column, asked);
    return {
      add: (...given) => fitter.add(...given),
      finish: () => ({ ...fitter.finish(), kind: 'series', horizon: 1, season: 1, cadence: { kind: 'regular', interval: 1 }, scales: [] }),
    };
  },
  outputs: ({ horizon }) => horizon,
  width: ({ horizon }) => horizon,
  /** [rows, horizon] */
  transform(target, _, rows, table) {
    const values = valuesAhead(target, table, rows);
    const places = Uint32Array.from(values, (_, place) => place);
    return valueTarget.transform(asValue(target), { kind: 'number', values }, places, table);
  },
  restore: (target, values) => valueTarget.restore(asValue(target), values),
};
