/** What every engine checks before it computes: lengths that do not fit would read or write what is not theirs. */
import { InputError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import type { IndexColumn } from './graph.js';

const advice = 'This is a fault of the program that calls the engine, not of the data.';

/** @throws InputError `batch-size` when the network was not prepared for so many rows */
export function checkRows(rows: number, batchSize: number): void {
  if (Number.isInteger(rows) && rows >= 1 && rows <= batchSize) return;
  throw new InputError('batch-size', `A batch of ${rows} rows was given to a network prepared for 1 to ${batchSize}.`, { advice });
}

/** @throws InputError `array-length` */
export function checkLength(name: string, array: Float32Array, expected: number): void {
  if (array.length === expected) return;
  throw new InputError('array-length', `The ${name} have ${array.length} numbers; ${expected} were expected.`, { advice });
}

/** @throws InputError `target-class` when a target is not one of the classes 0 to classes − 1 */
export function checkClasses(targets: Float32Array, classes: number): void {
  for (let row = 0; row < targets.length; row++) {
    const target = targets[row];
    if (target >= 0 && target < classes && Number.isInteger(target)) continue;
    throw new InputError('target-class', `Target ${target} in row ${row} of the batch is not one of ${classes} classes.`, {
      advice,
      place: { row },
    });
  }
}

/** @throws InputError `embedding-index` when an input that is an index is not one of 0 to vocabulary − 1 */
export function checkIndices(inputs: Float32Array, width: number, columns: readonly IndexColumn[]): void {
  for (let start = 0; start < inputs.length; start += width) {
    for (const { column, vocabulary } of columns) {
      const index = inputs[start + column];
      if (index >= 0 && index < vocabulary && Number.isInteger(index)) continue;
      const position = start + column;
      throw new InputError('embedding-index', `Input ${index} at position ${position} of the batch is not one of ${vocabulary} indices.`, {
        advice,
        place: { position },
      });
    }
  }
}

/** What a step or a forward pass is given fits the model. @throws InputError as the functions above */
export function checkBatch(
  { inputs: width }: ModelSpec,
  indices: readonly IndexColumn[],
  batchSize: number,
  rows: number,
  inputs: Float32Array,
): void {
  checkRows(rows, batchSize);
  checkLength('inputs', inputs, rows * width);
  checkIndices(inputs, width, indices);
}

export function checkTargets(model: ModelSpec, width: number, rows: number, targets: Float32Array): void {
  const classes = model.loss === 'softmaxCrossEntropy';
  checkLength('targets', targets, classes ? rows : rows * width);
  if (classes) checkClasses(targets, width);
}
