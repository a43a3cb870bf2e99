/** The target: classes by name, or values compressed and standardised. */
import { compareTexts } from '../../base/texts.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Task } from '../../spec/task.js';
import { numbersOf, textsOf } from '../columns/access.js';
import type { Column } from '../table.js';
import type { FitLimits } from './fitter.js';
import { moments } from './moments.js';
import { apply, chooseTransform, isCompressedBetter, undoSignedLog } from './signed-log.js';
import { ValueGatherer } from './values.js';

export interface TargetFitter {
  add(column: Column, rows: Uint32Array): void;
  finish(): FittedTarget;
}

/** Fits on the rows it is given only; a class or value outside them is not known to the pipeline. */
export function createTargetFitter(name: string, task: Task, limits: FitLimits): TargetFitter {
  return task === 'classification' ? createClassesFitter(name) : createValueFitter(name, limits);
}

/** The distinct values as texts: numbers by size, texts by code units. */
function createClassesFitter(name: string): TargetFitter {
  const classes = new Set<string>();
  let numeric = true;
  return {
    add(column, rows) {
      const { codes, dictionary } = textsOf(column, name);
      const met = new Uint8Array(dictionary.length);
      for (const row of rows) if (codes[row] >= 0) met[codes[row]] = 1;
      dictionary.forEach((text, code) => {
        if (met[code]) classes.add(text);
      });
      numeric &&= column.kind === 'number';
    },
    finish: () => ({
      kind: 'classes',
      column: name,
      classes: [...classes].sort(numeric ? (a, b) => Number(a) - Number(b) : compareTexts),
    }),
  };
}

function createValueFitter(name: string, limits: FitLimits): TargetFitter {
  const gatherer = new ValueGatherer(limits.values, name);
  return {
    add: (column, rows) => gatherer.add(numbersOf(column, name), rows),
    finish() {
      const { values, running } = gatherer.finish();
      const present = values.filter((value) => !Number.isNaN(value));
      const transform = running
        ? isCompressedBetter(Math.abs(running.plain.with(0, 0).skewness), () => running.logarithmic.with(0, 0).skewness)
          ? 'signed-log'
          : 'none'
        : chooseTransform(present);
      const { mean, deviation } = running
        ? (transform === 'none' ? running.plain : running.logarithmic).with(0, 0)
        : moments(present.map((value) => apply(transform, value)));
      return { kind: 'value', column: name, transform, mean, deviation: deviation || 1 };
    },
  };
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
