/** Counting distinct texts in bounded memory: exact up to a limit, then a lower bound. */

/** Distinct values that are counted exactly in a table of few columns. */
export const distinctLimit = 10_000;

/** Over all columns of a table. */
const mostEntries = 2_000_000;
const mostCharacters = 64 * 2 ** 20;

export const distinctLimitOf = (columns: number): number => Math.max(100, Math.min(distinctLimit, Math.floor(mostEntries / columns)));

export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #limit: number;
  #characters: number;
  #full = false;
  #repeats = false;

  constructor(columns: number) {
    this.#limit = distinctLimitOf(columns);
    this.#characters = Math.floor(mostCharacters / columns);
  }

  add(text: string, count: number): void {
    const before = this.#counts.get(text);
    if (before !== undefined || count > 1) this.#repeats = true;
    if (before !== undefined) this.#counts.set(text, before + count);
    else if (!this.#full) {
      this.#counts.set(ownCopy(text), count);
      this.#characters -= text.length;
      this.#full = this.#counts.size >= this.#limit || this.#characters < 0;
    }
  }

  get size(): number {
    return this.#counts.size;
  }

  /** Whether `size` is only a lower bound. */
  get isFull(): boolean {
    return this.#full;
  }

  /** Whether some value is known to occur twice. */
  get repeats(): boolean {
    return this.#repeats;
  }

  values(): string[] {
    return [...this.#counts.keys()];
  }

  /** The most frequent, ties in order of appearance. */
  top(most: number): { value: string; count: number }[] {
    const entries = [...this.#counts].sort((a, b) => b[1] - a[1]).slice(0, most);
    return entries.map(([value, count]) => ({ value, count }));
  }
}

/** A piece of a longer string keeps all of it in memory: what stays needs characters of its own. */
const ownCopy = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
