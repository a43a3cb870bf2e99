/** Numbers, integers and dates: missing ones filled, long tails compressed, scaled. */
import type { FieldType } from '../../spec/field-type.js';
import type { FittedNumber } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { quantile } from '../../stats/quantile.js';
import { numbersOf } from '../columns/access.js';
import type { Column } from '../table.js';
import type { FitLimits, FitRows, StepFitter } from './fitter.js';
import { type Moments, median, moments } from './moments.js';
import { apply, chooseTransform, isCompressedBetter, type Transform } from './signed-log.js';
import { type GatheredValues, ValueGatherer } from './values.js';

/**
 * Inputs are kept within ± this many standard deviations. A typing error or a sensor's overflow in one row would otherwise
 * rule the gradients of its batch while training, and push an answer far outside everything seen when used.
 */
export const largestInput = 8;

export type NumberOptions = StepOptions<'number'>;

export function createNumberFitter(column: string, type: FieldType, options: NumberOptions, limits: FitLimits): StepFitter {
  const gatherer = new ValueGatherer(limits.values, column);
  return {
    add: (of: Column, { rows }: FitRows) => gatherer.add(numbersOf(of, column), rows),
    finish: () => fitNumber(column, type, options, gatherer.finish()),
  };
}

function fitNumber(column: string, type: FieldType, options: NumberOptions, gathered: GatheredValues): FittedNumber | string {
  const { count, missing, values } = gathered;
  if (missing === count) return 'It has no value in the training rows.';
  const present = values.filter((value) => !Number.isNaN(value));
  const { indicator: asked = 'auto', transform: wanted = type === 'datetime' ? 'none' : 'auto' } = options;
  const indicator = asked === 'auto' ? missing > 0 : asked === 'always';
  const transform = wanted === 'auto' ? transformOf(gathered, present) : wanted;
  const fill = fillOf(gathered, present, options);
  const filled = values.map((value) => apply(transform, Number.isNaN(value) ? fill : value));
  const spread = momentsOf(gathered, filled, transform, fill);
  if (spread.deviation === 0 && !indicator) return `It is ${present[0]} in every training row.`;
  const { centre, scale } = scaling(options.scale ?? 'standard', spread, filled, boundsOf(gathered, transform, fill));
  return { kind: 'number', column, type, fill, transform, centre, scale: scale || 1, indicator };
}

function transformOf({ running }: GatheredValues, present: Float64Array): Transform {
  if (!running) return chooseTransform(present);
  const skewness = Math.abs(running.plain.with(0, 0).skewness);
  return isCompressedBetter(skewness, () => running.logarithmic.with(0, 0).skewness) ? 'signed-log' : 'none';
}

function fillOf({ running }: GatheredValues, present: Float64Array, { impute = 'median' }: NumberOptions): number {
  if (typeof impute === 'number') return impute;
  if (impute === 'mean') return running ? running.plain.mean : moments(present).mean;
  return impute === 'median' ? median(present) : mostFrequent(present);
}

/** The smallest of those that occur most often, as scikit-learn's. */
function mostFrequent(present: Float64Array): number {
  const sorted = Float64Array.from(present).sort();
  let [best, most, times] = [sorted[0], 0, 0];
  sorted.forEach((value, index) => {
    times = index > 0 && value === sorted[index - 1] ? times + 1 : 1;
    if (times > most) [best, most] = [value, times];
  });
  return best;
}

function momentsOf({ running, missing }: GatheredValues, filled: Float64Array, transform: Transform, fill: number): Moments {
  if (!running) return moments(filled);
  return (transform === 'none' ? running.plain : running.logarithmic).with(apply(transform, fill), missing);
}

/** Of the values as they are scaled: what missing ones become may lie outside the others. */
function boundsOf({ minimum, maximum, missing }: GatheredValues, transform: Transform, fill: number): [number, number] {
  const filled = missing > 0 ? fill : minimum;
  return [apply(transform, Math.min(minimum, filled)), apply(transform, Math.max(maximum, filled))];
}

function scaling(
  kind: NonNullable<NumberOptions['scale']>,
  { mean, deviation }: Moments,
  filled: Float64Array,
  [least, greatest]: [number, number],
): { centre: number; scale: number } {
  if (kind === 'standard') return { centre: mean, scale: deviation };
  if (kind === 'none') return { centre: 0, scale: 1 };
  if (kind === 'min-max') return { centre: least, scale: greatest - least };
  const sorted = Float64Array.from(filled).sort();
  return { centre: quantile(sorted, 0.5), scale: quantile(sorted, 0.75) - quantile(sorted, 0.25) };
}

export const numberInputs = (step: FittedNumber): number => (step.indicator ? 2 : 1);

/** Writes one row's inputs from `start`. */
export function writeNumber(step: FittedNumber, value: number, inputs: Float32Array, start: number): void {
  const known = !Number.isNaN(value);
  inputs[start] = bounded((apply(step.transform, known ? value : step.fill) - step.centre) / step.scale);
  if (step.indicator) inputs[start + 1] = known ? 0 : 1;
}

/** What a network is given, kept within bounds. */
export const bounded = (value: number): number => Math.max(-largestInput, Math.min(largestInput, value));
