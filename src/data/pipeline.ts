/**
 * From a table to a network's inputs and targets. Fitted on training rows only; the result is data, and part of the model.
 * Which fields there are and of what type belongs to the schema; nothing else of a row outside `rows` is looked at.
 */
import { InputError } from '../base/errors.js';
import type { Field } from '../spec/field.js';
import { isCategorical, isNumeric } from '../spec/field-type.js';
import type { FittedPicture, FittedPipeline, FittedStep } from '../spec/pipeline.js';
import type { Task } from '../spec/task.js';
import { columnNamed, numbersOf, picturesOf, textsOf } from './columns/access.js';
import { denseRows, type InputRows, pictureRows, wholeInputs } from './inputs.js';
import { categoryInputs, categoryPositions, fitCategory, otherPosition } from './steps/category.js';
import { fitNumber, numberInputs, writeNumber } from './steps/number.js';
import { fitPicture } from './steps/picture.js';
import { fitTarget, restoreTargetValues, transformTargetColumn } from './steps/target.js';
import { type Column, pixelsOf, type Table } from './table.js';

export interface FitRequest {
  table: Table;
  fields: readonly Field[];
  target: string;
  task: Task;
  /** The training rows. */
  rows: Uint32Array;
  /** Columns not to learn from. */
  ignore?: readonly string[];
}

/** @throws InputError `no-inputs` when no column is left to learn from; `missing-column` */
export function fitPipeline({ table, fields, target, task, rows, ignore = [] }: FitRequest): FittedPipeline {
  const pictured = fields.find(({ type, name }) => type === 'picture' && name !== target && !ignore.includes(name));
  const steps: FittedStep[] = [];
  const ignored: FittedPipeline['ignored'] = [];
  for (const field of fields) {
    if (field.name === target) continue;
    const fitted = reasonToIgnore(field, pictured, ignore) ?? fitStep(field, columnNamed(table, field.name), rows);
    if (typeof fitted === 'string') ignored.push({ column: field.name, reason: fitted });
    else steps.push(fitted);
  }
  if (steps.length === 0) {
    throw new InputError('no-inputs', `No column is left to learn "${target}" from.`, {
      advice: ignored.length ? `Left out: ${ignored.map(({ column, reason }) => `"${column}" (${reason})`).join(' ')}` : 'Add columns.',
      place: { column: target },
    });
  }
  const inputs = steps.reduce((sum, step) => sum + inputsOf(step), 0);
  return { version: 1, steps, target: fitTarget(columnNamed(table, target), target, task, rows), ignored, inputs };
}

function reasonToIgnore({ name }: Field, pictured: Field | undefined, ignore: readonly string[]): string | undefined {
  if (ignore.includes(name)) return 'You left it out.';
  return pictured && pictured.name !== name ? `The model learns from "${pictured.name}" alone.` : undefined;
}

function fitStep(field: Field, column: Column, rows: Uint32Array): FittedStep | string {
  if (field.type === 'picture') return fitPicture(field.name, picturesOf(column, field.name), rows);
  if (isNumeric(field.type)) {
    const values = numbersOf(column, field.name);
    return fitNumber(
      field.name,
      field.type,
      Float64Array.from(rows, (row) => values[row]),
    );
  }
  if (isCategorical(field.type)) {
    const { codes, dictionary } = textsOf(column);
    return fitCategory(
      field.name,
      field.type,
      Int32Array.from(rows, (row) => codes[row]),
      dictionary,
    );
  }
  return field.type === 'identifier' ? 'It names rows and says nothing about them.' : 'It is free text, which these models cannot read.';
}

function inputsOf(step: FittedStep): number {
  if (step.kind === 'picture') return pixelsOf(step.size);
  return step.kind === 'number' ? numberInputs(step) : categoryInputs(step);
}

/** The step of a pipeline that learns from pictures; such a pipeline has no other. */
export const pictureStep = ({ steps }: FittedPipeline): FittedPicture | undefined => steps.find((step) => step.kind === 'picture');

/**
 * The inputs of some rows, to be read batch by batch.
 * @throws InputError `missing-column`, `not-a-number`, `not-pictures` or `picture-size`
 */
export function inputRows(pipeline: FittedPipeline, table: Table, rows: Uint32Array): InputRows {
  const step = pictureStep(pipeline);
  if (!step) return denseRows(transformInputs(pipeline, table, rows), rows.length);
  const { pixels } = picturesOf(columnNamed(table, step.column), step.column, step.size);
  return pictureRows(step, pixels, rows);
}

/**
 * @returns [rows, inputs] row-major
 * @throws InputError `missing-column` or `not-a-number`
 */
export function transformInputs(pipeline: FittedPipeline, table: Table, rows: Uint32Array): Float32Array {
  const inputs = new Float32Array(rows.length * pipeline.inputs);
  let start = 0;
  for (const step of pipeline.steps) {
    if (step.kind === 'picture') return wholeInputs(inputRows(pipeline, table, rows));
    const column = columnNamed(table, step.column);
    if (step.kind === 'number') {
      const values = numbersOf(column, step.column);
      for (let index = 0; index < rows.length; index++) writeNumber(step, values[rows[index]], inputs, index * pipeline.inputs + start);
    } else {
      const { codes, dictionary } = textsOf(column);
      const positions = categoryPositions(step, dictionary);
      for (let index = 0; index < rows.length; index++) {
        const code = codes[rows[index]];
        const position = code < 0 ? otherPosition(step) : positions[code];
        if (position >= 0) inputs[index * pipeline.inputs + start + position] = 1;
      }
    }
    start += inputsOf(step);
  }
  return inputs;
}

/** [rows]: class indices, −1 for a missing value or a class that training did not have; or scaled values, NaN where missing. */
export function transformTarget(pipeline: FittedPipeline, table: Table, rows: Uint32Array): Float32Array {
  return transformTargetColumn(pipeline.target, columnNamed(table, pipeline.target.column), rows);
}

/** Undoes the target's scaling: values in the column's own unit. Class indices stay as they are. */
export function restoreTarget(pipeline: FittedPipeline, values: ArrayLike<number>): Float64Array {
  return restoreTargetValues(pipeline.target, values);
}
