/**
 * Which terms of a text go along with the target. Beside other columns, thousands of words that tell nothing drown those columns in noise:
 * there only terms are kept whose presence is associated with the target in the training rows.
 */
import { logarithm } from '../../base/elementary.js';
import { learnsNumbers, type Task } from '../../spec/task.js';
import { chiSquaredTailBound, likelihoodRatio } from '../../stats/likelihood-ratio.js';
import { numbersOf, textsOf } from '../columns/access.js';
import type { Column } from '../table.js';

/** Of the terms kept, this share at most is expected to be there by chance (Benjamini and Hochberg). */
const falseDiscoveries = 0.1;
/** Rarer terms are too few for the test. */
const fewestTexts = 5;
/** Classes beyond share a place with others: the test then sees less, and nothing that is not there. */
const mostPlaces = 64;

/** Of the rows that have a term: how many are of each class, or how many there are and the sum of their values. */
type Sums = number[];

export class AssociatedTerms {
  readonly #target: string;
  readonly #isClasses: boolean;
  readonly #classes = new Map<string, number>();
  readonly #terms = new Map<string, Sums>();
  readonly #all: Sums = [];
  #squares = 0;

  constructor(target: string, task: Task) {
    this.#target = target;
    this.#isClasses = !learnsNumbers(task);
  }

  /** What is to be called with each training row of a chunk and the distinct terms of its text. */
  open(target: Column): (row: number, terms: ReadonlySet<string>) => void {
    const take = this.#isClasses ? this.#byClass(target) : this.#byValue(target);
    return (row, terms) => {
      if (!take(row, this.#all)) return;
      for (const term of terms) {
        let sums = this.#terms.get(term);
        if (!sums) {
          sums = [];
          this.#terms.set(term, sums);
        }
        take(row, sums);
      }
    };
  }

  /** Forgets terms that are no longer counted. */
  keep(counted: ReadonlyMap<string, unknown>): void {
    for (const term of this.#terms.keys()) if (!counted.has(term)) this.#terms.delete(term);
  }

  get size(): number {
    return this.#terms.size;
  }

  #byClass(target: Column): (row: number, sums: Sums) => boolean {
    const { codes, dictionary } = textsOf(target, this.#target);
    // Places are given to classes as training rows show them: a dictionary also holds those of other rows.
    const places = new Int32Array(dictionary.length).fill(-1);
    return (row, sums) => {
      const code = codes[row];
      if (code < 0) return false;
      if (places[code] < 0) places[code] = this.#placeOf(dictionary[code]);
      const place = places[code];
      sums[place] = (sums[place] ?? 0) + 1;
      return true;
    };
  }

  #placeOf(name: string): number {
    const place = this.#classes.get(name) ?? this.#classes.size;
    this.#classes.set(name, place);
    return place % mostPlaces;
  }

  #byValue(target: Column): (row: number, sums: Sums) => boolean {
    const values = numbersOf(target, this.#target);
    return (row, sums) => {
      const value = values[row];
      if (Number.isNaN(value)) return false;
      sums[0] = (sums[0] ?? 0) + 1;
      sums[1] = (sums[1] ?? 0) + value;
      if (sums === this.#all) this.#squares += value * value;
      return true;
    };
  }

  /** Those of the terms that are associated with the target, or as many as are wanted at least: the more associated first, then as they were given. */
  among(terms: readonly string[], atLeast: number): Set<string> {
    const tested = terms.map((term) => ({ term, chance: this.#chanceOf(this.#terms.get(term) ?? []) }));
    tested.sort((a, b) => a.chance - b.chance);
    const last = tested.findLastIndex(({ chance }, index) => chance <= logarithm(((index + 1) * falseDiscoveries) / tested.length));
    return new Set(tested.slice(0, Math.max(last + 1, atLeast)).map(({ term }) => term));
  }

  /** The logarithm of a bound of the probability that a term without any association looks like this. */
  #chanceOf(sums: Sums): number {
    return this.#isClasses ? this.#chanceOfCounts(sums) : this.#chanceOfMean(sums);
  }

  #chanceOfCounts(sums: Sums): number {
    if (total(sums) < fewestTexts) return 0;
    const without = Array.from(this.#all, (of, place) => (of ?? 0) - (sums[place] ?? 0));
    return chiSquaredTailBound(likelihoodRatio(sums, without), Math.max(1, this.#all.length - 1));
  }

  /** The likelihood ratio test of two means, with the term and without. */
  #chanceOfMean([within = 0, sum = 0]: Sums): number {
    const [rows = 0, whole = 0] = this.#all;
    if (within < fewestTexts || within === rows) return 0;
    const mean = whole / rows;
    const spread = this.#squares - whole * mean;
    const [having, lacking] = [sum / within - mean, (whole - sum) / (rows - within) - mean];
    const explained = within * having * having + (rows - within) * lacking * lacking;
    if (spread <= 0) return 0;
    return chiSquaredTailBound(-rows * logarithm(Math.max(1e-300, 1 - Math.min(1, explained / spread))), 1);
  }
}

const total = (sums: Sums): number => sums.reduce((sum, each) => sum + (each ?? 0), 0);
