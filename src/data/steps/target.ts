/** The target: classes by name, or values compressed and standardised. */
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Task } from '../../spec/task.js';
import { numbersOf, textsOf } from '../columns/access.js';
import type { Column } from '../table.js';
import { compareTexts } from './category.js';
import { moments } from './moments.js';
import { apply, chooseTransform, undoSignedLog } from './signed-log.js';

/** Fits on these rows only; a class or value outside them is not known to the pipeline. */
export function fitTarget(column: Column, name: string, task: Task, rows: Uint32Array): FittedTarget {
  if (task === 'classification') return { kind: 'classes', column: name, classes: classesOf(column, rows) };
  const all = numbersOf(column, name);
  const values = Float64Array.from(rows, (row) => all[row]).filter((value) => !Number.isNaN(value));
  const transform = chooseTransform(values);
  const { mean, deviation } = moments(values.map((value) => apply(transform, value)));
  return { kind: 'value', column: name, transform, mean, deviation: deviation || 1 };
}

/** The distinct values of these rows as texts: numbers by size, texts by code units. */
export function classesOf(column: Column, rows: Uint32Array): string[] {
  const { codes, dictionary } = textsOf(column);
  const classes = [...new Set(Array.from(rows, (row) => codes[row]))].filter((code) => code >= 0).map((code) => dictionary[code]);
  return column.kind === 'number' ? classes.sort((a, b) => Number(a) - Number(b)) : classes.sort(compareTexts);
}

/** [rows]: class indices, −1 for a missing value or a class that training did not have; or scaled values, NaN where missing. */
export function transformTargetColumn(target: FittedTarget, column: Column, rows: Uint32Array): Float32Array {
  if (target.kind === 'classes') {
    const { codes, dictionary } = textsOf(column);
    const known = new Map(target.classes.map((name, index) => [name, index]));
    const indices = dictionary.map((text) => known.get(text) ?? -1);
    return Float32Array.from(rows, (row) => (codes[row] < 0 ? -1 : indices[codes[row]]));
  }
  const values = numbersOf(column, target.column);
  return Float32Array.from(rows, (row) => (apply(target.transform, values[row]) - target.mean) / target.deviation);
}

/** Undoes the scaling of values. Class indices stay as they are. */
export function restoreTargetValues(target: FittedTarget, values: ArrayLike<number>): Float64Array {
  if (target.kind === 'classes') return Float64Array.from(values);
  return Float64Array.from(values, (value) => {
    const unscaled = value * target.deviation + target.mean;
    return target.transform === 'none' ? unscaled : undoSignedLog(unscaled);
  });
}
