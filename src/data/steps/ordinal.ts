/** Categories that have an order: one input, the place in it. */
import { compareTexts } from '../../base/texts.js';
import type { FieldType } from '../../spec/field-type.js';
import type { FittedOrdinal } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { textsOf } from '../columns/access.js';
import { byFrequency, countTexts, TextCounter } from './counter.js';
import type { FitLimits, StepFitter } from './fitter.js';
import { RunningMoments } from './moments.js';
import { bounded } from './number.js';

/** More categories than this are taken for unseen ones, the rarest first. */
const mostCategories = 65_536;

export function createOrdinalFitter(column: string, type: FieldType, { order }: StepOptions<'ordinal'>, limits: FitLimits): StepFitter {
  const counter = new TextCounter(limits.texts);
  let missing = 0;
  let numeric = true;
  return {
    add(of, { rows }) {
      missing += countTexts(counter, textsOf(of, column), rows);
      numeric &&= of.kind === 'number';
    },
    finish() {
      const seen = [...counter.counts]
        .sort(byFrequency)
        .slice(0, mostCategories)
        .map(([text]) => text);
      const categories = order ? [...new Set(order)] : seen.sort(numeric ? (a, b) => Number(a) - Number(b) : compareTexts);
      const places = new RunningMoments();
      let known = 0;
      categories.forEach((category, place) => {
        const times = counter.counts.get(category) ?? 0;
        known += times;
        for (let time = 0; time < times; time++) places.add(place);
      });
      const all = [...counter.counts.values()].reduce((sum, times) => sum + times, 0);
      if (known === 0) return 'None of its values has a place in the order.';
      const { mean, deviation } = places.with(0, 0);
      const other = missing > 0 || known < all;
      if (deviation === 0 && !other) return `It is "${[...counter.counts.keys()][0]}" in every training row.`;
      return { kind: 'ordinal', column, type, categories, centre: mean, scale: deviation || 1, other };
    },
  };
}

export const ordinalInputs = (step: FittedOrdinal): number => (step.other ? 2 : 1);

/** For each entry of a dictionary its place in the order; −1 where it has none. */
export function ordinalPlaces(step: FittedOrdinal, dictionary: readonly string[]): Int32Array {
  const places = new Map(step.categories.map((category, place) => [category, place]));
  return Int32Array.from(dictionary, (text) => places.get(text) ?? -1);
}

/** Writes one row's inputs from `start`. @param place −1 where missing or unseen */
export function writeOrdinal(step: FittedOrdinal, place: number, inputs: Float32Array, start: number): void {
  inputs[start] = place < 0 ? 0 : bounded((place - step.centre) / step.scale);
  if (step.other) inputs[start + 1] = place < 0 ? 1 : 0;
}
