/** Categories and booleans: one input for each value seen often enough in training, one for all the others. */
import { compareTexts } from '../../base/texts.js';
import type { FieldType } from '../../spec/field-type.js';
import type { FittedCategory } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { textsOf } from '../columns/access.js';
import { byFrequency, countTexts, TextCounter } from './counter.js';
import type { FitLimits, StepFitter } from './fitter.js';

/** A category seen in fewer training rows has no weight of its own worth learning. */
const fewestRows = 3;

/** More categories than this are left to `other`, the rarest first: inputs cost memory and rows to learn from. */
const mostCategories = 256;

export type CategoryOptions = StepOptions<'one-hot'>;

export function createCategoryFitter(column: string, type: FieldType, options: CategoryOptions, limits: FitLimits): StepFitter {
  const counter = new TextCounter(limits.texts);
  let missing = 0;
  let count = 0;
  return {
    add(of, { rows }) {
      missing += countTexts(counter, textsOf(of, column), rows);
      count += rows.length;
    },
    finish: () => fitCategory(column, type, options, counter.counts, count, missing),
  };
}

function fitCategory(
  column: string,
  type: FieldType,
  { most = mostCategories, fewest = fewestRows, impute = 'other' }: CategoryOptions,
  counts: ReadonlyMap<string, number>,
  count: number,
  missing: number,
): FittedCategory | string {
  const ranked = [...counts].sort(byFrequency);
  const categories = ranked
    .filter(([, times]) => times >= fewest)
    .slice(0, most)
    .map(([category]) => category)
    .sort(compareTexts);
  const fill = impute === 'most-frequent' && missing > 0 ? ranked[0]?.[0] : undefined;
  const covered = categories.reduce((sum, category) => sum + (counts.get(category) ?? 0), 0) + (fill === undefined ? 0 : missing);
  const other = covered < count;
  if (categories.length === 0) return `None of its values occurs in at least ${fewest} training rows.`;
  if (categories.length === 1 && !other) return `It is "${categories[0]}" in every training row.`;
  return { kind: 'category', column, type, categories, other, ...(fill === undefined ? {} : { fill }) };
}

export const categoryInputs = (step: FittedCategory): number => step.categories.length + (step.other ? 1 : 0);

/** For each entry of a dictionary, the input that it sets; −1 where it sets none. */
export function categoryPositions(step: FittedCategory, dictionary: readonly string[]): Int32Array {
  const positions = new Map(step.categories.map((category, index) => [category, index]));
  return Int32Array.from(dictionary, (text) => positions.get(text) ?? otherPosition(step));
}

/** The input that an unseen value sets; −1 where training had none, and so no weight for it. */
export const otherPosition = (step: FittedCategory): number => (step.other ? step.categories.length : -1);

/** The input that a missing value sets. */
export function missingPosition(step: FittedCategory): number {
  return step.fill === undefined ? otherPosition(step) : categoryPositions(step, [step.fill])[0];
}
