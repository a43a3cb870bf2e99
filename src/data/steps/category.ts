/** Categories and booleans: one input for each value seen often enough in training, one for all the others. */
import type { FieldType } from '../../spec/field-type.js';
import type { FittedCategory } from '../../spec/pipeline.js';

/** A category seen in fewer training rows has no weight of its own worth learning. */
const fewestRows = 3;

/** More categories than this are left to `other`, the rarest first: inputs cost memory and rows to learn from. */
const mostCategories = 256;

/**
 * @param codes the training rows' values, −1 where missing
 * @returns the step, or the reason why there is nothing to learn from this column
 */
export function fitCategory(column: string, type: FieldType, codes: Int32Array, dictionary: readonly string[]): FittedCategory | string {
  const counts = new Map<string, number>();
  for (const code of codes) if (code >= 0) counts.set(dictionary[code], (counts.get(dictionary[code]) ?? 0) + 1);
  const categories = [...counts]
    .filter(([, count]) => count >= fewestRows)
    .sort((a, b) => b[1] - a[1] || compareTexts(a[0], b[0]))
    .slice(0, mostCategories)
    .map(([category]) => category)
    .sort(compareTexts);
  const covered = categories.reduce((sum, category) => sum + (counts.get(category) ?? 0), 0);
  const other = covered < codes.length;
  if (categories.length === 0) return `None of its values occurs in at least ${fewestRows} training rows.`;
  if (categories.length === 1 && !other) return `It is "${categories[0]}" in every training row.`;
  return { kind: 'category', column, type, categories, other };
}

export const categoryInputs = (step: FittedCategory): number => step.categories.length + (step.other ? 1 : 0);

/** For each entry of a dictionary, the input that it sets; −1 where it sets none. */
export function categoryPositions(step: FittedCategory, dictionary: readonly string[]): Int32Array {
  const positions = new Map(step.categories.map((category, index) => [category, index]));
  return Int32Array.from(dictionary, (text) => positions.get(text) ?? otherPosition(step));
}

/** The input that a missing or unseen value sets; −1 where training had none, and so no weight for it. */
export const otherPosition = (step: FittedCategory): number => (step.other ? step.categories.length : -1);

/** By code units: the same order in every language and on every machine. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
