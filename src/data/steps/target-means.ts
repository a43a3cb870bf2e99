/**
 * Target encoding, out of fold: a category becomes the smoothed mean of the target. Each training row is encoded by the rows of the other
 * folds, so that its own target never enters its own inputs; every other row by all training rows.
 */
import { squared } from '../../base/elementary.js';
import { compareTexts } from '../../base/texts.js';
import type { FieldType } from '../../spec/field-type.js';
import type { FittedTargetEncoding, TargetMeans } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { learnsNumbers, type Task } from '../../spec/task.js';
import { numbersOf, textsOf } from '../columns/access.js';
import type { Column } from '../table.js';
import { byFrequency } from './counter.js';
import type { StepFitter } from './fitter.js';
import { RunningMoments } from './moments.js';
import { bounded } from './number.js';

const defaultFolds = 5;
const defaultSmoothing = 10;
/** Categories beyond are encoded as unseen ones, the rarest first. */
const mostCategories = 65_536;
/** Numbers in one list of means: categories · classes. */
const mostMeans = 2 ** 18;
/** What is kept while counting: categories · folds · classes. */
const mostSums = 2 ** 22;

/** The fold of a row of the whole table: a hash of both, so that it does not depend on how the table is cut into chunks. */
export function foldOf(seed: number, row: number, folds: number): number {
  let mixed = Math.imul((seed ^ Math.floor(seed / 2 ** 32)) + 0x9e3779b9, 0x85ebca6b) ^ row;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % folds;
}

/** Of the rows of one fold in one category. `sums`: rows of each class, or the sum of values. */
interface Sums {
  count: number;
  sums: number[];
}

export interface TargetEncodingRequest {
  column: string;
  type: FieldType;
  options: StepOptions<'target'>;
  target: string;
  task: Task;
  seed: number;
}

export function createTargetEncodingFitter({ column, type, options, target, task, seed }: TargetEncodingRequest): StepFitter {
  const { folds = defaultFolds, smoothing = defaultSmoothing } = options;
  const classes = new Map<string, number>();
  const categories = new Map<string, Sums[]>();
  let kept = 0;
  const fresh = (): Sums[] => Array.from({ length: folds }, () => ({ count: 0, sums: [] }));
  const whole = fresh();
  const spreads = whole.map(() => new RunningMoments());
  const take = (to: Sums, place: number, value: number): void => {
    to.sums[place] = (to.sums[place] ?? 0) + value;
  };
  return {
    add(of, { rows, firstRow, target: targets }) {
      const { codes, dictionary } = textsOf(of, column);
      const told = readTargets(targets, target, task, classes);
      for (const row of rows) {
        const value = told(row);
        if (value === undefined) continue;
        const fold = foldOf(seed, firstRow + row, folds);
        const text = codes[row] < 0 ? undefined : dictionary[codes[row]];
        let own = text === undefined ? undefined : categories.get(text);
        if (text !== undefined && !own && kept < mostSums) {
          own = fresh();
          categories.set(text, own);
          kept += folds * Math.max(2, classes.size);
        }
        for (const to of own ? [own[fold], whole[fold]] : [whole[fold]]) {
          to.count++;
          if (!learnsNumbers(task)) take(to, value, 1);
          else take(to, 0, value);
        }
        if (learnsNumbers(task)) spreads[fold].add(value);
      }
    },
    finish() {
      if (categories.size === 0) return 'It has no value in the training rows.';
      const names = [...categories]
        .map(([text, sums]): [string, number] => [text, sums.reduce((sum, { count }) => sum + count, 0)])
        .sort(byFrequency)
        .slice(0, Math.min(mostCategories, Math.floor(mostMeans / Math.max(1, classes.size))))
        .map(([text]) => text)
        .sort(compareTexts);
      if (names.length === 1) return `It is "${names[0]}" in every training row that has a value.`;
      const order = classOrder(classes, task);
      const gathered = { categories, whole, spreads };
      const means = (left: number): TargetMeans => meansOf(names, gathered, left, order, smoothing);
      return {
        kind: 'target',
        column,
        type,
        categories: names,
        width: order?.length ?? 1,
        whole: means(-1),
        outOfFold: { seed, means: Array.from({ length: folds }, (_, fold) => means(fold)) },
      };
    },
  };
}

/** For each row the place of its class among those met so far, or its value. */
function readTargets(column: Column, name: string, task: Task, classes: Map<string, number>): (row: number) => number | undefined {
  if (learnsNumbers(task)) {
    const values = numbersOf(column, name);
    return (row) => (Number.isNaN(values[row]) ? undefined : values[row]);
  }
  const { codes, dictionary } = textsOf(column, name);
  return (row) => {
    if (codes[row] < 0) return undefined;
    const text = dictionary[codes[row]];
    const place = classes.get(text) ?? classes.size;
    classes.set(text, place);
    return place;
  };
}

/** The classes that get an input: the second of two, or all; by code units, so that the order of rows does not matter. */
function classOrder(classes: ReadonlyMap<string, number>, task: Task): number[] | undefined {
  if (learnsNumbers(task)) return undefined;
  const sorted = [...classes].sort((a, b) => compareTexts(a[0], b[0])).map(([, place]) => place);
  return sorted.length === 2 ? sorted.slice(1) : sorted;
}

interface Gathered {
  categories: ReadonlyMap<string, Sums[]>;
  whole: readonly Sums[];
  /** Of the values of each fold. */
  spreads: readonly RunningMoments[];
}

/** Of the values of all folds but one. */
function varianceOf(spreads: readonly RunningMoments[], left: number): number {
  const used = spreads.filter(({ count }, fold) => fold !== left && count > 0);
  const count = used.reduce((sum, spread) => sum + spread.count, 0);
  if (count === 0) return 0;
  const mean = used.reduce((sum, spread) => sum + spread.mean * spread.count, 0) / count;
  return used.reduce((sum, spread) => sum + spread.count * (squared(spread.with(0, 0).deviation) + squared(spread.mean - mean)), 0) / count;
}

/** @param left the fold that is left out, −1 for none. Folds are added up anew, so that nothing of it is left in the last digits. */
function meansOf(
  names: readonly string[],
  { categories, whole, spreads }: Gathered,
  left: number,
  order: readonly number[] | undefined,
  smoothing: number,
): TargetMeans {
  const total = (folds: readonly Sums[], place: number): number =>
    folds.reduce((sum, { sums }, fold) => (fold === left ? sum : sum + (sums[place] ?? 0)), 0);
  const countOf = (folds: readonly Sums[]): number => folds.reduce((sum, { count }, fold) => (fold === left ? sum : sum + count), 0);
  const rows = Math.max(1, countOf(whole));
  const places = order ?? [0];
  const prior = places.map((place) => total(whole, place) / rows);
  const variance = order ? prior.map((share) => share * (1 - share)) : [varianceOf(spreads, left)];
  return {
    prior,
    scale: variance.map((value) => Math.sqrt(Math.max(0, value)) || 1),
    means: names.flatMap((name) => {
      const folds = categories.get(name) ?? [];
      const count = countOf(folds);
      return places.map((place, index) =>
        count + smoothing === 0 ? prior[index] : (total(folds, place) + smoothing * prior[index]) / (count + smoothing),
      );
    }),
  };
}

/** Writes one row's inputs from `start`. @param category its place among the step's, −1 where missing or unseen @param fold −1: not a training row */
export function writeTargetMeans(step: FittedTargetEncoding, category: number, fold: number, inputs: Float32Array, start: number): void {
  const { prior, scale, means } = fold < 0 ? step.whole : (step.outOfFold?.means[fold] ?? step.whole);
  for (let index = 0; index < step.width; index++) {
    const mean = category < 0 ? prior[index] : means[category * step.width + index];
    inputs[start + index] = bounded((mean - prior[index]) / scale[index]);
  }
}
