/**
 * Dividing rows into training, validation and test, and into folds. Seeded: the same request gives the same rows on every
 * machine. A row is in exactly one part, and rows within a part are ascending.
 */
import { InputError } from '../base/errors.js';
import { finished } from '../base/in-turns.js';
import { Random } from '../base/random.js';
import type { SplitSpec } from '../spec/training.js';
import {
  bundleCount,
  bundleOf,
  bundlesOf,
  indices,
  orderOfTimes,
  partsOfClasses,
  partsOfGroups,
  partsOfTimes,
  rowsByClass,
  type Shares,
  test,
  training,
  validation,
} from './partition.js';

export interface SplitRequest {
  /** How many rows there are: 0 … rows − 1. */
  rows: number;
  seed: number;
  split: SplitSpec;
  /** [rows]: class indices. Every part gets each class's share, and training at least one row of each class. */
  classes?: Int32Array;
  /** [rows]: codes of groups that are never divided; −1 is a group of one row. Takes the place of `classes`. */
  groups?: Int32Array;
  /** [rows]: times. Earlier rows train, later ones validate, the latest test. Takes the place of both. NaN comes first. */
  times?: Float64Array;
}

export interface Split {
  training: Uint32Array;
  validation: Uint32Array;
  test: Uint32Array;
}

export function splitRows(request: SplitRequest): Split {
  const part = assignRows(request);
  return { training: rowsOfPart(part, training), validation: rowsOfPart(part, validation), test: rowsOfPart(part, test) };
}

/** The rows of one part, ascending. */
export function rowsOfPart(part: Uint8Array, wanted: number): Uint32Array {
  let count = 0;
  for (let row = 0; row < part.length; row++) if (part[row] === wanted) count++;
  const rows = new Uint32Array(count);
  let next = 0;
  for (let row = 0; row < part.length; row++) if (part[row] === wanted) rows[next++] = row;
  return rows;
}

/**
 * [rows]: the part of each, a byte.
 * @throws InputError `split-impossible`, naming the part that would be empty
 */
export const assignRows = (request: SplitRequest): Uint8Array => finished(assigningRows(request));

/** As `assignRows`, for many rows: yields while it works. */
export function* assigningRows({ rows, seed, split, classes, groups, times }: SplitRequest): Generator<void, Uint8Array> {
  const shares: Shares = [split.validation, split.test];
  if (shares[0] + shares[1] >= 1) {
    throw new InputError('split-impossible', `Validation (${shares[0]}) and test (${shares[1]}) leave no rows to train on.`, {
      advice: 'Choose shares that add up to less than 1.',
    });
  }
  const random = new Random(seed, 'split');
  const part = times
    ? partsOfTimes(times, shares)
    : groups
      ? partsOfGroups(groups, shares, random)
      : yield* partsOfClasses(classes ?? new Int32Array(rows), shares, random);
  const counts = [0, 0, 0];
  for (const name of part) counts[name]++;
  const stratified = times || groups ? undefined : classes;
  refuseEmpty('training', counts[training], 1, rows, stratified);
  refuseEmpty('validation', counts[validation], shares[0], rows, stratified);
  refuseEmpty('test', counts[test], shares[1], rows, stratified);
  return part;
}

export interface FoldRequest {
  rows: number;
  folds: number;
  seed: number;
  /** [rows]: every fold gets each class's share. */
  classes?: Int32Array;
  /** [rows]: codes of groups that are never divided; takes the place of `classes`. */
  groups?: Int32Array;
}

/**
 * Each row in exactly one fold; the sizes of folds differ by at most one row where there are no groups.
 * @throws InputError `too-many-folds`
 */
export function foldRows({ rows, folds, seed, classes, groups }: FoldRequest): Uint32Array[] {
  const bundles = groups && bundlesOf(groups);
  const units = bundles ? bundleCount(bundles) : rows;
  if (!Number.isInteger(folds) || folds < 2 || folds > units) {
    const among = groups ? `${units} groups` : `${rows} rows`;
    throw new InputError('too-many-folds', `${folds} folds cannot be made of ${among}.`, {
      advice: `Choose from 2 to ${units} folds.`,
    });
  }
  const random = new Random(seed, 'folds');
  const foldOf = new Uint16Array(rows);
  const sizes = new Uint32Array(folds);
  if (bundles) {
    const size = (bundle: number): number => bundleOf(bundles, bundle).length;
    const largestFirst = Array.from(random.shuffle(indices(units))).sort((a, b) => size(b) - size(a));
    for (const bundle of largestFirst) {
      const fold = sizes.indexOf(Math.min(...sizes));
      for (const row of bundleOf(bundles, bundle)) foldOf[row] = fold;
      sizes[fold] += size(bundle);
    }
  } else {
    // Classes one after the other, dealt out like cards: neither a class nor the whole is more than one row from even.
    finished(rowsByClass(classes ?? new Int32Array(rows), random)).rows.forEach((row, position) => {
      foldOf[row] = position % folds;
      sizes[position % folds]++;
    });
  }
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(folds);
  for (let row = 0; row < rows; row++) members[foldOf[row]][filled[foldOf[row]]++] = row;
  return members;
}

/**
 * Folds of rows in time (an expanding window): the rows are cut into folds + 1 stretches of time; fold i tests stretch i + 1 and what comes
 * before it trains. Rows of the same time may lie in two stretches where they are many. `training` and `test` are ascending by row.
 * @throws InputError `too-many-folds`
 */
export function timeFolds(times: Float64Array, folds: number): { training: Uint32Array; test: Uint32Array }[] {
  const rows = times.length;
  // Enough before the first test to train and to validate on.
  if (!Number.isInteger(folds) || folds < 2 || folds > Math.floor(rows / 2) - 1) {
    throw new InputError('too-many-folds', `${folds} folds in time cannot be made of ${rows} rows.`, {
      advice: `Choose from 2 to ${Math.max(2, Math.floor(rows / 2) - 1)} folds, or add rows.`,
    });
  }
  const order = orderOfTimes(times);
  const size = Math.floor(rows / (folds + 1));
  return Array.from({ length: folds }, (_, fold) => {
    const start = rows - (folds - fold) * size;
    return { training: order.slice(0, start).sort(), test: order.slice(start, start + size).sort() };
  });
}

function refuseEmpty(name: string, count: number, share: number, rows: number, classes?: Int32Array): void {
  if (count > 0 || share === 0) return;
  const distinct = new Set(classes).size;
  if (rows > 2 && distinct > rows / 2) {
    throw new InputError(
      'split-impossible',
      `Nearly every row is a class of its own: ${distinct} classes in ${rows} rows. One row of each class trains, and none is left for ${name}.`,
      {
        advice: 'Choose a column whose values repeat, put rare values together into one class, or choose regression for numbers.',
        place: { rows, classes: distinct, part: name },
      },
    );
  }
  throw new InputError('split-impossible', `${rows} rows are too few: none is left for ${name}.`, {
    advice: 'Add rows, choose other shares, or split by another column.',
    place: { rows, part: name },
  });
}
