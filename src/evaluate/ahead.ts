/**
 * Answers about a time series that wait for what they are measured by: the target of a row that comes later. As long as rows come in the order
 * of time, each answer waits for so many rows of its series as lie between; nothing else is kept.
 */
import { joined } from '../base/joined.js';
import { columnNamed, numbersOf, textsOf } from '../data/columns/access.js';
import { chosenRows } from '../data/rows-of.js';
import type { Table } from '../data/table.js';
import { joinChunks } from '../data/whole.js';
import { neighbour, seriesOf, withTargetAhead } from '../data/windows.js';
import type { WindowSpec } from '../spec/pipeline-spec.js';

/** Rows with the answers about them and their numbers in the file, from 1. */
export interface Answered {
  truth: Table;
  outputs: Float32Array | Float64Array;
  numbers: Uint32Array;
}

export class AheadTruth {
  readonly #windows: WindowSpec;
  readonly #target: string;
  /** Of each series the time of its last row. */
  readonly #latest = new Map<string, number>();
  #waiting: Answered | undefined;
  #rows = 0;

  constructor(windows: WindowSpec, target: string) {
    this.#windows = windows;
    this.#target = target;
  }

  /** Whether each row is as late as those of its series that came before. */
  isInOrder(table: Table): boolean {
    const { time, group } = this.#windows;
    const times = numbersOf(columnNamed(table, time), time);
    const groups = group === undefined ? undefined : textsOf(columnNamed(table, group), group);
    for (let row = 0; row < table.rows; row++) {
      if (Number.isNaN(times[row])) continue;
      const code = groups ? groups.codes[row] : -1;
      const name = groups && code >= 0 ? `=${groups.dictionary[code]}` : '';
      if (times[row] < (this.#latest.get(name) ?? Number.NEGATIVE_INFINITY)) return false;
      this.#latest.set(name, times[row]);
    }
    return true;
  }

  /** Takes rows and the answers about them, and gives those whose truth is known by now. */
  add(table: Table, outputs: Float32Array | Float64Array): Answered {
    const own = { truth: table, outputs, numbers: Uint32Array.from({ length: table.rows }, (_, row) => this.#rows + row + 1) };
    this.#rows += table.rows;
    const all = this.#waiting ? together(this.#waiting, own) : own;
    const series = seriesOf(this.#windows, all.truth);
    const rows = Array.from({ length: all.truth.rows }, (_, row) => row);
    const waits = (row: number): boolean => series.groupOf[row] >= 0 && neighbour(series, row, this.#windows.horizon) < 0;
    this.#waiting = someOf(all, rows.filter(waits));
    const told = { ...all, truth: withTargetAhead(this.#windows, this.#target, all.truth, series) };
    return someOf(
      told,
      rows.filter((row) => !waits(row)),
    );
  }

  /** Those that nothing came after: they have no truth. */
  finish(): Answered | undefined {
    if (!this.#waiting) return undefined;
    const { truth } = this.#waiting;
    return { ...this.#waiting, truth: withTargetAhead(this.#windows, this.#target, truth, seriesOf(this.#windows, truth)) };
  }
}

function together(one: Answered, other: Answered): Answered {
  const { names } = one.truth;
  const columns = names.map((name) => columnNamed(other.truth, name));
  const outputs = emptyLike(one.outputs, one.outputs.length + other.outputs.length);
  outputs.set(one.outputs);
  outputs.set(other.outputs, one.outputs.length);
  const numbers = joined([one.numbers, other.numbers], (length) => new Uint32Array(length));
  return { truth: joinChunks(names, [one.truth, { rows: other.truth.rows, columns }]), outputs, numbers };
}

function someOf({ truth, outputs, numbers }: Answered, rows: readonly number[]): Answered {
  const width = outputs.length / Math.max(1, truth.rows);
  const kept = emptyLike(outputs, rows.length * width);
  for (const [index, row] of rows.entries()) kept.set(outputs.subarray(row * width, (row + 1) * width), index * width);
  return { truth: chosenRows(truth, Uint32Array.from(rows)), outputs: kept, numbers: Uint32Array.from(rows, (row) => numbers[row]) };
}

const emptyLike = (outputs: Float32Array | Float64Array, length: number): Float32Array | Float64Array =>
  outputs instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
