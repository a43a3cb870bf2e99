/** The table as training sees it: as it is stored, or, for a time series, with windows behind each row and the target ahead of it. */
import { InputError } from '../base/errors.js';
import { columnNamed, numbersOf } from '../data/columns/access.js';
import type { Split } from '../data/split.js';
import type { Table } from '../data/table.js';
import { rowsToLearn, rowsWithTarget } from '../data/task.js';
import {
  aheadName,
  beforeWindows,
  laggedName,
  lagsOf,
  rowsWithWindow,
  type Series,
  seriesOf,
  windowFields,
  withLags,
  withTargetAhead,
  withTargetsAhead,
} from '../data/windows.js';
import type { Field } from '../spec/field.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import type { WindowSpec } from '../spec/pipeline-spec.js';
import type { Task } from '../spec/task.js';
import type { SplitSpec } from '../spec/training.js';

export interface Frame {
  table: Table;
  /** Of the table's columns, those that windows add among them. */
  fields: readonly Field[];
  /** Rows that can be learnt from: they have a target and, for a time series, a whole window. */
  rows: Uint32Array;
  series?: Series;
}

/** @throws InputError `missing-column`, `not-a-number` or `step-misfit` */
export function frameOf(table: Table, fields: readonly Field[], target: string, windows: WindowSpec | undefined, task?: Task): Frame {
  if (!windows) return { table, fields, rows: rowsToLearn(table, target, task) };
  const added = windowFields(windows, target, fields);
  const series = seriesOf(windows, table);
  const lagged = withLags(windows, target, table, series);
  const framed = windows.each ? withTargetsAhead(windows, target, lagged, series) : withTargetAhead(windows, target, lagged, series);
  const known = windows.each ? rowsWithAll(framed, [target, ...aheadNames(windows, target)]) : rowsWithTarget(framed, target);
  return { table: framed, fields: [...fields, ...added], rows: rowsWithWindow(windows, series, known), series };
}

const aheadNames = ({ horizon }: WindowSpec, target: string): string[] =>
  Array.from({ length: horizon }, (_, index) => aheadName(target, index + 1));

function rowsWithAll(table: Table, names: readonly string[]): Uint32Array {
  const columns = names.map((name) => numbersOf(columnNamed(table, name), name));
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  return Uint32Array.from(rows.filter((row) => columns.every((values) => !Number.isNaN(values[row]))));
}

/**
 * Parts of which none has learnt, or was chosen by, what a later one is asked: rows whose target reaches into a later part's windows are left
 * out. A forecast is asked as it will be in use, with all that was known by then in its window: it is kept apart by its origins alone. Where
 * whole series are kept together there is nothing to keep apart.
 * @throws InputError `windows-leave-nothing`
 */
export function apart(windows: WindowSpec, { table, series }: Frame, split: SplitSpec, parts: Split): Split {
  if (!series || (split.group !== undefined && split.group === windows.group)) return parts;
  const asked = windows.each ? { ...windows, length: 1 } : windows;
  const training = beforeWindows(asked, table, series, parts.training, [parts.validation, parts.test]);
  const validation = beforeWindows(asked, table, series, parts.validation, [parts.test]);
  if (training.length > 0 && validation.length > 0) return { training, validation, test: parts.test };
  throw leavesNothing(windows, training.length === 0 ? 'training' : 'validation');
}

export const leavesNothing = (windows: WindowSpec, empty: 'training' | 'validation'): InputError =>
  new InputError('windows-leave-nothing', `No ${empty} row lies before the windows of the later parts.`, {
    advice: `Divide the rows by the time "${windows.time}", add rows, or choose shorter windows or a nearer horizon.`,
    place: { field: 'pipeline.windows' },
  });

/** A pipeline fitted on a frame as one for the table itself: it makes the windows first, and reads what they are made of. */
export function withFrame(pipeline: FittedPipeline, windows: WindowSpec | undefined): FittedPipeline {
  if (!windows) return pipeline;
  const origin = new Map(lagsOf(windows, pipeline.target.column).map(({ column, rows }) => [laggedName(column, rows), column]));
  const reads = new Set([windows.time, ...(windows.group === undefined ? [] : [windows.group]), ...windows.columns]);
  for (const name of pipeline.reads) reads.add(origin.get(name) ?? name);
  return { ...pipeline, windows, reads: [...reads] };
}

/** What is kept of a pipeline once it has been trained with: nothing that only its own training rows need. */
export function forServing(pipeline: FittedPipeline): FittedPipeline {
  return {
    ...pipeline,
    steps: pipeline.steps.map((step) => {
      if (step.kind !== 'target') return step;
      const { outOfFold: _, ...rest } = step;
      return rest;
    }),
  };
}
