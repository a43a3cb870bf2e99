/** Numbers, integers and dates: missing ones filled with the median, long tails compressed, standardised. */
import type { FieldType } from '../../spec/field-type.js';
import type { FittedNumber } from '../../spec/pipeline.js';
import { median, moments } from './moments.js';
import { apply, chooseTransform } from './signed-log.js';

/**
 * Inputs are kept within ± this many standard deviations. A typing error or a sensor's overflow in one row would otherwise
 * rule the gradients of its batch while training, and push an answer far outside everything seen when used.
 */
export const largestInput = 8;

/**
 * @param values the training rows' values, NaN where missing
 * @returns the step, or the reason why there is nothing to learn from this column
 */
export function fitNumber(column: string, type: FieldType, values: Float64Array): FittedNumber | string {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return 'It has no value in the training rows.';
  const indicator = present.length < values.length;
  const transform = type === 'datetime' ? 'none' : chooseTransform(present);
  const fill = median(present);
  const { mean, deviation } = moments(values.map((value) => apply(transform, Number.isNaN(value) ? fill : value)));
  if (deviation === 0 && !indicator) return `It is ${present[0]} in every training row.`;
  return { kind: 'number', column, type, fill, transform, mean, deviation: deviation || 1, indicator };
}

export const numberInputs = (step: FittedNumber): number => (step.indicator ? 2 : 1);

/** Writes one row's inputs from `start`. */
export function writeNumber(step: FittedNumber, value: number, inputs: Float32Array, start: number): void {
  const known = !Number.isNaN(value);
  const scaled = (apply(step.transform, known ? value : step.fill) - step.mean) / step.deviation;
  inputs[start] = Math.max(-largestInput, Math.min(largestInput, scaled));
  if (step.indicator) inputs[start + 1] = known ? 0 : 1;
}
