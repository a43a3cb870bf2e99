/** Any fitted step at work: how many inputs it has, and what writes them, opened once for a column and called row by row. */
import { InputError } from '../../base/errors.js';
import type { FittedStep } from '../../spec/fitted-steps.js';
import { columnNamed, numbersOf, textsOf } from '../columns/access.js';
import { type Column, pixelsOf, type Table } from '../table.js';
import { categoryInputs, categoryPositions, missingPosition } from './category.js';
import { dateInputs, writeDate } from './date.js';
import { embeddingIndices } from './embedding.js';
import { writeHashing } from './hashing.js';
import { numberInputs, writeNumber } from './number.js';
import { ordinalInputs, ordinalPlaces, writeOrdinal } from './ordinal.js';
import { foldOf, writeTargetMeans } from './target-means.js';
import { openTokens } from './tokens.js';
import { openHashedWords, openWords, type SparseRow } from './words.js';

/** Length of what the step gives for one row. */
export function widthOf(step: FittedStep): number {
  switch (step.kind) {
    case 'number':
      return numberInputs(step);
    case 'category':
      return categoryInputs(step);
    case 'embedding':
      return 1;
    case 'ordinal':
      return ordinalInputs(step);
    case 'hashing':
      return step.features;
    case 'target':
      return step.width;
    case 'date':
      return dateInputs(step);
    case 'words':
      return step.terms.length;
    case 'hashed-words':
      return step.features;
    case 'tokens':
      return step.length;
    case 'picture':
      return pixelsOf(step.size);
  }
}

export interface ApplyOptions {
  /** The rows are those that the pipeline was fitted on: steps that learnt from the target leave each row's own out. */
  training?: boolean | undefined;
  /** The place in the whole table of this table's first row. Default: 0. */
  firstRow?: number | undefined;
}

/** Writes the inputs of one row from `start` on, where all is 0 so far. */
export type RowWriter = (row: number, inputs: Float32Array, start: number) => void;

/** Steps of many inputs of which nearly all are 0 in any row: kept as those that are not. */
export type SparseStep = Extract<FittedStep, { kind: 'words' | 'hashed-words' }>;
export type DenseStep = Exclude<FittedStep, SparseStep | { kind: 'picture' }>;
export const isSparse = (step: FittedStep): step is SparseStep => step.kind === 'words' || step.kind === 'hashed-words';
export const isDense = (step: FittedStep): step is DenseStep => step.kind !== 'picture' && !isSparse(step);

/** What each row's text gives; a missing one gives nothing. @throws InputError `missing-column` */
export function openSparse(step: SparseStep, table: Table): (row: number) => SparseRow {
  const { codes, dictionary } = textsOf(columnNamed(table, step.column), step.column);
  const read = step.kind === 'words' ? openWords(step) : openHashedWords(step);
  return (row) => read(codes[row] < 0 ? '' : dictionary[codes[row]]);
}

/** @throws InputError `missing-column` or `not-a-number` */
export function openStep(step: DenseStep, table: Table, options: ApplyOptions = {}): RowWriter {
  const column = columnNamed(table, step.column);
  switch (step.kind) {
    case 'number': {
      const values = numbersOf(column, step.column);
      return (row, inputs, start) => writeNumber(step, values[row], inputs, start);
    }
    case 'date': {
      const values = numbersOf(column, step.column);
      return (row, inputs, start) => writeDate(step, values[row], inputs, start);
    }
    case 'category': {
      const { codes, dictionary } = textsOf(column, step.column);
      const positions = categoryPositions(step, dictionary);
      const missing = missingPosition(step);
      return (row, inputs, start) => {
        const position = codes[row] < 0 ? missing : positions[codes[row]];
        if (position >= 0) inputs[start + position] = 1;
      };
    }
    case 'embedding': {
      const { codes, dictionary } = textsOf(column, step.column);
      const indices = embeddingIndices(step, dictionary);
      return (row, inputs, start) => {
        inputs[start] = codes[row] < 0 ? 0 : indices[codes[row]];
      };
    }
    case 'ordinal': {
      const { codes, dictionary } = textsOf(column, step.column);
      const places = ordinalPlaces(step, dictionary);
      return (row, inputs, start) => writeOrdinal(step, codes[row] < 0 ? -1 : places[codes[row]], inputs, start);
    }
    case 'hashing': {
      const { codes, dictionary } = textsOf(column, step.column);
      return (row, inputs, start) => writeHashing(step, codes[row] < 0 ? undefined : dictionary[codes[row]], inputs, start);
    }
    case 'tokens': {
      const { codes, dictionary } = textsOf(column, step.column);
      const write = openTokens(step);
      return (row, inputs, start) => {
        if (codes[row] >= 0) write(dictionary[codes[row]], inputs, start);
      };
    }
    case 'target':
      return openTargetMeans(step, column, options);
  }
}

function openTargetMeans(
  step: Extract<FittedStep, { kind: 'target' }>,
  column: Column,
  { training = false, firstRow = 0 }: ApplyOptions,
): RowWriter {
  const { codes, dictionary } = textsOf(column, step.column);
  const known = new Map(step.categories.map((category, place) => [category, place]));
  const places = Int32Array.from(dictionary, (text) => known.get(text) ?? -1);
  const { outOfFold } = step;
  if (training && !outOfFold) throw notFitted(step.column);
  const fold = (row: number): number => (training && outOfFold ? foldOf(outOfFold.seed, firstRow + row, outOfFold.means.length) : -1);
  return (row, inputs, start) => writeTargetMeans(step, codes[row] < 0 ? -1 : places[codes[row]], fold(row), inputs, start);
}

const notFitted = (column: string): InputError =>
  new InputError('no-training-rows', `Column "${column}": a saved model no longer knows its training rows.`, {
    advice: 'Fit the pipeline again to train with it.',
    place: { column },
  });
