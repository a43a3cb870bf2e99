/** Which rows train, validate and test: the request's shares where it has some, else shares by the data's size. */
import { InputError } from '../base/errors.js';
import { columnNamed, numbersOf, textsOf } from '../data/columns/access.js';
import { partNamed } from '../data/pictures/paths.js';
import { foldRows, type Split, splitRows } from '../data/split.js';
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
  if (split.validation === 0) {
    throw new InputError('no-validation-rows', 'The validation share is 0, and the best epoch is chosen on validation rows.', {
      advice: 'Choose a validation share above 0, for example 0.15.',
      place: { field: 'split.validation' },
    });
  }
  return split.parts === undefined ? divideByShares(of, split) : divideByParts(of, split, split.parts);
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

function refusePart(text: string, column: string, row: number): never {
  throw new InputError('unknown-part', `Column "${column}", row ${row}: "${text}" is not training, validation or test.`, {
    advice: 'Divide the rows by shares, or name another column.',
    place: { column, row, value: text },
  });
}

/**
 * One division for each fold: the fold tests, and of the other rows a share validates.
 * @throws InputError `too-many-folds`, or as `divide` does; `folds-with-time`, since folds know no order
 */
export function divideIntoFolds(of: Divisible, split: SplitSpec, folds: number): Split[] {
  if (split.time !== undefined) {
    throw new InputError('folds-with-time', 'Folds and a split by time exclude each other: most folds would train on the future.', {
      advice: 'Leave out the folds or the time column.',
      place: { column: split.time },
    });
  }
  return foldRows({ rows: of.rows.length, folds, seed: of.seed, ...constraints(of, split) }).map((fold) => {
    const held = new Set(fold);
    const others = of.rows.filter((_, index) => !held.has(index));
    const { parts: _, ...shares } = split;
    return { ...divide({ ...of, rows: others }, { ...shares, test: 0 }), test: pick(of.rows, fold) };
  });
}

function constraints({ table, rows, target, task }: Divisible, { group, time }: SplitSpec) {
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
