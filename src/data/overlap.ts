/**
 * Rows that are in two parts: a validation or test row whose inputs are those of a row that trains tells nothing about new rows. Found in one
 * pass over the rows that are judged and one over those that train; kept are a few numbers for each row that is judged.
 */
import { HashPlaces, hashRows } from './row-hashes.js';
import type { Table } from './table.js';

/** Of one part. */
export interface Overlap {
  /** Rows of the part, by number, whose inputs are those of a row in an earlier part. */
  rows: Uint32Array;
  /** How many of them have the same target there, too. */
  sameTarget: number;
  /** Rows of the part. */
  of: number;
}

const [inTraining, inValidation] = [1, 2];

export class OverlapFinder {
  readonly #names: readonly string[];
  readonly #withTarget: readonly string[];
  /** By inputs alone, and with the target. */
  readonly #kinds = [new HashPlaces(), new HashPlaces()];
  readonly #seen: [Uint8Array, Uint8Array] = [new Uint8Array(16), new Uint8Array(16)];
  readonly #judged: { part: number; numbers: Uint32Array; places: Uint32Array[] }[] = [];

  /** @param names the columns that are learnt from @param target empty where there is none */
  constructor(names: readonly string[], target: string) {
    this.#names = names;
    this.#withTarget = target === '' ? names : [...names, target];
  }

  /** Rows that are judged, before any that train. @param numbers what they are called in the answer */
  addJudged(table: Table, part: 'validation' | 'test', rows: Uint32Array, numbers: Uint32Array): void {
    const places = this.#hashes(table, rows).map(({ low, high }, kind) => {
      const found = Uint32Array.from(low, (_, index) => this.#kinds[kind].add(low[index], high[index]));
      this.#reserve(kind);
      if (part === 'validation') for (const place of found) this.#seen[kind][place] |= inValidation;
      return found;
    });
    this.#judged.push({ part: part === 'test' ? 1 : 0, numbers, places });
  }

  addTraining(table: Table, rows: Uint32Array): void {
    this.#hashes(table, rows).forEach(({ low, high }, kind) => {
      for (let index = 0; index < low.length; index++) {
        const place = this.#kinds[kind].find(low[index], high[index]);
        if (place >= 0) this.#seen[kind][place] |= inTraining;
      }
    });
  }

  finish(): { validation: Overlap; test: Overlap } {
    const [validation, test] = [0, 1].map((part): Overlap => {
      // What validates chooses the best epoch: a test row must not be among it either.
      const mask = part === 1 ? inTraining | inValidation : inTraining;
      const rows: number[] = [];
      let [sameTarget, of] = [0, 0];
      for (const { numbers, places } of this.#judged.filter((each) => each.part === part)) {
        of += numbers.length;
        for (let index = 0; index < numbers.length; index++) {
          if (!(this.#seen[0][places[0][index]] & mask)) continue;
          rows.push(numbers[index]);
          if (this.#seen[1][places[1][index]] & mask) sameTarget++;
        }
      }
      return { rows: Uint32Array.from(rows), sameTarget, of };
    });
    return { validation, test };
  }

  #hashes(table: Table, rows: Uint32Array) {
    return [hashRows(table, this.#names, rows), hashRows(table, this.#withTarget, rows)];
  }

  #reserve(kind: number): void {
    const seen = this.#seen[kind];
    const { size } = this.#kinds[kind];
    if (size <= seen.length) return;
    const larger = new Uint8Array(Math.max(size, seen.length * 2));
    larger.set(seen);
    this.#seen[kind] = larger;
  }
}
