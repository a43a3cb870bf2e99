/** Texts as words, weighed by TF-IDF: log(1 + rarity) for each term that training rows showed often enough, brought to length 1. */
import { logarithm } from '../../base/elementary.js';
import { compareTexts } from '../../base/texts.js';
import type { FieldType } from '../../spec/field-type.js';
import type { FittedHashedWords, FittedWords } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import type { Task } from '../../spec/task.js';
import { textsOf } from '../columns/access.js';
import { termsOf, tokeniser } from '../text/tokens.js';
import { AssociatedTerms } from './associated-terms.js';
import type { FitLimits, StepFitter } from './fitter.js';
import { hashedFeature } from './murmur.js';
import { TermCounter } from './term-counter.js';

const defaultMost = 10_000;
const defaultFewest = 2;
const defaultFeatures = 1024;

export interface WordsRequest {
  column: string;
  type: FieldType;
  options: StepOptions<'words'>;
  limits: FitLimits;
  target: string;
  task: Task;
}

export function createWordsFitter({ column, type, options, limits, target, task }: WordsRequest): StepFitter {
  const { ngrams = 1, sublinear = true, fewest = defaultFewest, mostShare = 1, most = defaultMost, atLeast = 0 } = options;
  const counter = new TermCounter(limits.texts);
  const associated = options.associated ? new AssociatedTerms(target, task) : undefined;
  let texts = 0;
  return {
    add(of, { rows, target: targets }) {
      const { codes, dictionary } = textsOf(of, column);
      const note = associated?.open(targets);
      for (const row of rows) {
        texts++;
        const met = counter.add(codes[row] < 0 ? [] : termsOf(dictionary[codes[row]], ngrams));
        note?.(row, met);
        if (associated && associated.size > 2 * limits.texts) associated.keep(counter.counts);
      }
    },
    finish() {
      const frequent = counter.frequent(fewest, mostShare * texts);
      if (frequent.length === 0) return `None of its words occurs in at least ${fewest} training rows.`;
      const told = associated?.among(
        frequent.map(([term]) => term),
        atLeast,
      );
      const kept = frequent
        .filter(([term]) => told?.has(term) ?? true)
        .slice(0, most)
        .sort((a, b) => compareTexts(a[0], b[0]));
      if (kept.length === 0) return `None of its words is associated with "${target}" in the training rows.`;
      return {
        kind: 'words',
        column,
        type,
        tokeniser,
        ngrams,
        sublinear,
        terms: kept.map(([term]) => term),
        idf: kept.map(([, { texts: within }]) => logarithm((1 + texts) / (1 + within)) + 1),
      };
    },
  };
}

export function createHashedWordsFitter(column: string, type: FieldType, options: StepOptions<'hashed-words'>): StepFitter {
  const { ngrams = 1, features = defaultFeatures } = options;
  let known = false;
  return {
    add(of, { rows }) {
      const { codes } = textsOf(of, column);
      known ||= rows.some((row) => codes[row] >= 0);
    },
    finish: () => (known ? { kind: 'hashed-words', column, type, tokeniser, ngrams, features } : 'It has no value in the training rows.'),
  };
}

/** The inputs that are not 0, and what they are. */
export interface SparseRow {
  positions: Uint32Array;
  values: Float32Array;
}

/** What a step makes of texts; made once for a table, since it looks terms up by name. */
export type TextReader = (text: string) => SparseRow;

export function openWords({ terms, idf, ngrams, sublinear }: FittedWords): TextReader {
  const places = new Map(terms.map((term, place) => [term, place]));
  return (text) => {
    const counts = new Map<number, number>();
    for (const term of termsOf(text, ngrams)) {
      const place = places.get(term);
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    return normalized(counts, (place, count) => (sublinear ? 1 + logarithm(count) : count) * idf[place]);
  };
}

export function openHashedWords({ features, ngrams }: FittedHashedWords): TextReader {
  return (text) => {
    const counts = new Map<number, number>();
    for (const term of termsOf(text, ngrams)) {
      const { position, sign } = hashedFeature(term, features);
      counts.set(position, (counts.get(position) ?? 0) + sign);
    }
    return normalized(counts, (_, count) => count);
  };
}

/** Brought to a length of 1, by ascending positions, so that sums are taken in one order. */
function normalized(counts: ReadonlyMap<number, number>, weigh: (place: number, count: number) => number): SparseRow {
  const positions = Uint32Array.from(counts.keys()).sort();
  const weights = Float64Array.from(positions, (place) => weigh(place, counts.get(place) ?? 0));
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  return { positions, values: Float32Array.from(weights, (weight) => weight / length) };
}
