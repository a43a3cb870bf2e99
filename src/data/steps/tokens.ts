/**
 * Texts as the numbers of their words, in their order, for a network that reads sequences. 0 is padding, behind the last word of a short text; 1 is
 * any word that too few training rows have. Of a long text the beginning is read: what a text is about mostly stands first.
 */
import { compareTexts } from '../../base/texts.js';
import type { FieldType } from '../../spec/field-type.js';
import type { FittedTokens } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { textsOf } from '../columns/access.js';
import { tokeniser, tokensOf } from '../text/tokens.js';
import type { FitLimits, StepFitter } from './fitter.js';
import { TermCounter } from './term-counter.js';

const defaultMost = 20_000;
const defaultFewest = 2;
/** One training text in so many may be longer than what is read: every place costs time in every row. */
const longerOneIn = 10;
const lengths = { least: 8, most: 256 };

const unknown = 1;
/** The numbers before the first word's. */
const reserved = 2;

export function createTokensFitter(
  column: string,
  type: FieldType,
  { most = defaultMost, fewest = defaultFewest, length }: StepOptions<'tokens'>,
  limits: FitLimits,
): StepFitter {
  const counter = new TermCounter(limits.texts);
  /** Training texts by their length; the last has all that are longer. */
  const byLength = new Float64Array(lengths.most + 1);
  return {
    add(of, { rows }) {
      const { codes, dictionary } = textsOf(of, column);
      for (const row of rows) {
        if (codes[row] < 0) continue;
        const tokens = tokensOf(dictionary[codes[row]]);
        counter.add(tokens);
        byLength[Math.min(tokens.length, lengths.most)]++;
      }
    },
    finish() {
      const kept = counter
        .frequent(fewest)
        .slice(0, most)
        .map(([term]) => term);
      if (kept.length === 0) return `None of its words occurs in at least ${fewest} training rows.`;
      return { kind: 'tokens', column, type, tokeniser, terms: kept.sort(compareTexts), length: length ?? usualLength(byLength) };
    },
  };
}

/** The length that all but one text in so many keep to. Texts without a word do not count. */
function usualLength(byLength: Float64Array): number {
  let texts = byLength.reduce((sum, count) => sum + count, 0) - byLength[0];
  const longer = Math.floor(texts / longerOneIn);
  let length = 0;
  while (length < lengths.most && texts > longer) texts -= byLength[++length];
  return Math.max(lengths.least, length);
}

/** Numbers that the network may be given: of every word, of any other, and of none. */
export const vocabularyOfTokens = ({ terms }: Pick<FittedTokens, 'terms'>): number => terms.length + reserved;

/** Writes a text's numbers from `start` on, where all is 0 so far. */
export function openTokens({ terms, length }: FittedTokens): (text: string, inputs: Float32Array, start: number) => void {
  const numbers = new Map(terms.map((term, place) => [term, place + reserved]));
  return (text, inputs, start) => {
    const tokens = tokensOf(text);
    const count = Math.min(length, tokens.length);
    for (let place = 0; place < count; place++) inputs[start + place] = numbers.get(tokens[place]) ?? unknown;
  };
}
