/** Categories as numbers that a network looks up vectors by: one input, whatever the number of categories. */
import { compareTexts } from '../../base/texts.js';
import type { FieldType } from '../../spec/field-type.js';
import type { FittedEmbedding } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { textsOf } from '../columns/access.js';
import { byFrequency, countTexts, TextCounter } from './counter.js';
import type { FitLimits, StepFitter } from './fitter.js';

const mostCategories = 65_536;
/** A category of one row has a vector that nothing but that row has shaped; as one of the others it teaches what to do with new ones. */
const fewestRows = 2;

export function createEmbeddingFitter(
  column: string,
  type: FieldType,
  { most = mostCategories, fewest = fewestRows }: StepOptions<'embedding'>,
  limits: FitLimits,
): StepFitter {
  const counter = new TextCounter(limits.texts);
  let [missing, count] = [0, 0];
  return {
    add(of, { rows }) {
      missing += countTexts(counter, textsOf(of, column), rows);
      count += rows.length;
    },
    finish() {
      const kept = [...counter.counts]
        .filter(([, times]) => times >= fewest)
        .sort(byFrequency)
        .slice(0, most);
      const covered = kept.reduce((sum, [, times]) => sum + times, 0);
      if (kept.length === 0) return `None of its values occurs in at least ${fewest} training rows.`;
      if (kept.length === 1 && covered === count && missing === 0) return `It is "${kept[0][0]}" in every training row.`;
      return { kind: 'embedding', column, type, categories: kept.map(([category]) => category).sort(compareTexts) };
    },
  };
}

/** Indices that the network may be given: of every category, and 0. */
export const vocabularyOf = ({ categories }: FittedEmbedding): number => categories.length + 1;

/** For each entry of a dictionary its index. */
export function embeddingIndices({ categories }: FittedEmbedding, dictionary: readonly string[]): Int32Array {
  const indices = new Map(categories.map((category, place) => [category, place + 1]));
  return Int32Array.from(dictionary, (text) => indices.get(text) ?? 0);
}
