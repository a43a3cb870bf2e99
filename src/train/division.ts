/** Which rows train, validate and test: the request's shares where it has some, else shares by the data's size. */
import { InputError } from '../base/errors.js';
import { columnNamed, numbersOf, textsOf } from '../data/columns/access.js';
import { partNamed } from '../data/pictures/paths.js';
import { foldRows, rowsOfPart, type Split, splitRows, timeFolds } from '../data/split.js';
import type { Table } from '../data/table.js';
import type { Task } from '../spec/task.js';
import type { SplitSpec } from '../spec/training.js';

/** What a division has to respect. */
export interface Divisible {
  table: Table;
  /** Rows of the table that have a target. */
  rows: Uint32Array;
  target: string;
  task: Task;
  seed: number;
}

/** From so many rows on, a tenth of them means enough. */
const manyRows = 20_000;
/** Where the source brings its test rows, validation only chooses the epoch. */
const manyRowsBesideTest = 10_000;

/** Shares for tables of this many rows: small tables need a larger share for their figures to mean anything. */
export function defaultSplit(rows: number, asked: Partial<SplitSpec>): SplitSpec {
  const large = rows >= (asked.parts === undefined ? manyRows : manyRowsBesideTest);
  const validation = large ? 0.1 : 0.15;
  const test = large ? 0.1 : rows < 1000 ? 0.2 : 0.15;
  return { validation, test, ...asked };
}

/** @throws InputError `no-validation-rows`, `split-impossible` or `missing-column` */
export function divide(of: Divisible, split: SplitSpec): Split {
  requireValidation(split);
  return split.parts === undefined ? divideByShares(of, split) : divideByParts(of, split, split.parts);
}

/** @throws InputError `no-validation-rows` */
export function requireValidation(split: SplitSpec): void {
  if (split.validation === 0) {
    throw new InputError('no-validation-rows', 'The validation share is 0, and the best epoch is chosen on validation rows.', {
      advice: 'Choose a validation share above 0, for example 0.15.',
      place: { field: 'split.validation' },
    });
  }
}

function divideByShares(of: Divisible, split: SplitSpec): Split {
  const parts = splitRows({ rows: of.rows.length, seed: of.seed, split, ...constraints(of, split) });
  return { training: pick(of.rows, parts.training), validation: pick(of.rows, parts.validation), test: pick(of.rows, parts.test) };
}

/**
 * As the source divided them; a row without a part trains. Of the training rows a share validates where no row does, and one tests
 * where none does.
 * @throws InputError `unknown-part`, naming row and value
 */
function divideByParts(of: Divisible, split: SplitSpec, column: string): Split {
  const { codes, dictionary } = textsOf(columnNamed(of.table, column), column);
  const partOf = dictionary.map((text, code) => partNamed(text) ?? refusePart(text, column, codes.indexOf(code) + 1));
  const rowsOf = (part: string): Uint32Array => of.rows.filter((row) => (codes[row] < 0 ? 'training' : partOf[codes[row]]) === part);
  const [training, validation, test] = ['training', 'validation', 'test'].map(rowsOf);
  const left = divideByShares(
    { ...of, rows: training },
    { ...split, validation: validation.length > 0 ? 0 : split.validation, test: test.length > 0 ? 0 : split.test },
  );
  return {
    training: left.training,
    validation: validation.length > 0 ? validation : left.validation,
    test: test.length > 0 ? test : left.test,
  };
}

export function refusePart(text: string, column: string, row: number): never {
  throw new InputError('unknown-part', `Column "${column}", row ${row}: "${text}" is not training, validation or test.`, {
    advice: 'Divide the rows by shares, or name another column.',
    place: { column, row, value: text },
  });
}

/**
 * One division for each fold: the fold tests, and of the other rows a share validates. In time the folds follow each other, and what comes
 * before one trains, so that none is tested by its past.
 * @throws InputError `too-many-folds`, or as `divide` does
 */
export function divideIntoFolds(of: Divisible, split: SplitSpec, folds: number): Split[] {
  const { parts: _, ...shares } = split;
  const limits = constraints(of, split);
  const divided = limits.times
    ? timeFolds(limits.times, folds)
    : foldRows({ rows: of.rows.length, folds, seed: of.seed, ...limits }).map((fold) => ({
        test: fold,
        training: without(of.rows.length, fold),
      }));
  return divided.map((fold) => ({
    ...divide({ ...of, rows: pick(of.rows, fold.training) }, { ...shares, test: 0 }),
    test: pick(of.rows, fold.test),
  }));
}

/** The rows that are not in a fold. */
function without(rows: number, fold: Uint32Array): Uint32Array {
  const held = new Uint8Array(rows);
  for (const row of fold) held[row] = 1;
  return rowsOfPart(held, 0);
}

interface Constraints {
  times?: Float64Array;
  groups?: Int32Array;
  classes?: Int32Array;
}

function constraints({ table, rows, target, task }: Divisible, { group, time }: SplitSpec): Constraints {
  const codes = (column: string): Int32Array => {
    const all = textsOf(columnNamed(table, column)).codes;
    return Int32Array.from(rows, (row) => all[row]);
  };
  if (time !== undefined) {
    const times = numbersOf(columnNamed(table, time), time);
    return { times: Float64Array.from(rows, (row) => times[row]) };
  }
  if (group !== undefined) return { groups: codes(group) };
  return task === 'classification' ? { classes: codes(target) } : {};
}

const pick = (rows: Uint32Array, positions: Uint32Array): Uint32Array => Uint32Array.from(positions, (position) => rows[position]);
