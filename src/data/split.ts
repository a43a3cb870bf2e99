/**
 * Dividing rows into training, validation and test, and into folds. Seeded: the same request gives the same rows on every
 * machine. A row is in exactly one part, and rows within a part are ascending.
 */
import { InputError } from '../base/errors.js';
import { Random } from '../base/random.js';
import type { SplitSpec } from '../spec/training.js';
import {
  bundlesOf,
  indices,
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

/** @throws InputError `split-impossible`, naming the part that would be empty */
export function splitRows({ rows, seed, split, classes, groups, times }: SplitRequest): Split {
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
      : partsOfClasses(classes ?? new Int32Array(rows), shares, random);
  const rowsOf = (wanted: number): Uint32Array => Uint32Array.from(indices(rows).filter((row) => part[row] === wanted));
  const result = { training: rowsOf(training), validation: rowsOf(validation), test: rowsOf(test) };
  const stratified = times || groups ? undefined : classes;
  refuseEmpty('training', result.training, 1, rows, stratified);
  refuseEmpty('validation', result.validation, shares[0], rows, stratified);
  refuseEmpty('test', result.test, shares[1], rows, stratified);
  return result;
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
  const bundles = groups ? bundlesOf(groups) : indices(rows).map((row) => [row]);
  if (!Number.isInteger(folds) || folds < 2 || folds > bundles.length) {
    const among = groups ? `${bundles.length} groups` : `${rows} rows`;
    throw new InputError('too-many-folds', `${folds} folds cannot be made of ${among}.`, {
      advice: `Choose from 2 to ${bundles.length} folds.`,
    });
  }
  const random = new Random(seed, 'folds');
  const members: number[][] = Array.from({ length: folds }, () => []);
  if (groups) {
    const largestFirst = random.shuffle(bundles).sort((a, b) => b.length - a.length);
    for (const bundle of largestFirst) smallest(members).push(...bundle);
  } else {
    // Classes one after the other, dealt out like cards: neither a class nor the whole is more than one row from even.
    const rowsInTurn = rowsByClass(classes ?? new Int32Array(rows), random).flat();
    for (const [position, row] of rowsInTurn.entries()) members[position % folds].push(row);
  }
  return members.map((fold) => Uint32Array.from(fold).sort());
}

const smallest = (members: number[][]): number[] => members.reduce((least, fold) => (fold.length < least.length ? fold : least));

function refuseEmpty(name: string, part: Uint32Array, share: number, rows: number, classes?: Int32Array): void {
  if (part.length > 0 || share === 0) return;
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
