/** How often terms occur, and in how many texts: exactly while they are few; beyond, those that were rarest so far are forgotten. */
import { compareTexts } from '../../base/texts.js';

interface TermCounts {
  /** In all texts together. */
  times: number;
  /** Texts that it occurs in. */
  texts: number;
}

export class TermCounter {
  readonly #counts = new Map<string, TermCounts>();
  readonly #most: number;

  /** @param most terms whose counts are kept; a term that is rarer than total / most may be missing */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param terms of one text; answers which there are */
  add(terms: readonly string[]): ReadonlySet<string> {
    const met = new Set<string>();
    for (const term of terms) {
      let counts = this.#counts.get(term);
      if (!counts) {
        counts = { times: 0, texts: 0 };
        this.#counts.set(term, counts);
      }
      counts.times++;
      if (!met.has(term)) counts.texts++;
      met.add(term);
    }
    if (this.#counts.size > 2 * this.#most) this.#prune();
    return met;
  }

  #prune(): void {
    const sorted = Float64Array.from(this.#counts.values(), ({ texts }) => texts).sort();
    const least = sorted[sorted.length - 1 - this.#most];
    for (const [term, { texts }] of this.#counts) if (texts <= least) this.#counts.delete(term);
  }

  /** Terms that so many texts have, and no more than `most`: those that occur most often first, then by code units. */
  frequent(fewest: number, most = Number.POSITIVE_INFINITY): [term: string, counts: TermCounts][] {
    return [...this.#counts]
      .filter(([, { texts }]) => texts >= fewest && texts <= most)
      .sort((a, b) => b[1].times - a[1].times || compareTexts(a[0], b[0]));
  }

  get counts(): ReadonlyMap<string, TermCounts> {
    return this.#counts;
  }
}
