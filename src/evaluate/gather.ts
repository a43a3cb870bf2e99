/** Collects what is measured, chunk by chunk: true targets, the model's outputs and groups. Rows without a target are left out. */
import { InputError } from '../base/errors.js';
import { Growing } from '../base/growing.js';
import { columnNamed, textsOf } from '../data/columns/access.js';
import type { Table } from '../data/table.js';
import type { Warning } from '../spec/dataset.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import { requireFewGroups } from './groups.js';
import { trueRows } from './truth.js';

export interface Gathered {
  /** Those measured. */
  rows: number;
  /** [rows]: class indices, values in the target's own unit, or what is known of anomalies; [rows, labels]: 1 where a row has the label. */
  actual: Float64Array;
  /** [rows, width]: probabilities, values in the target's own unit, or columns' parts of a score. */
  outputs: Float32Array | Float64Array;
  /** [rows]: index into `groupNames`. */
  groups: Int32Array;
  groupNames: string[];
  leftOut: number;
  warnings: Warning[];
}

export class Gatherer {
  readonly #pipeline: FittedPipeline;
  readonly #group: string | undefined;
  readonly #actual = new Growing((length) => new Float64Array(length));
  readonly #outputs: Growing<Float32Array | Float64Array>;
  readonly #groups = new Growing((length) => new Int32Array(length));
  readonly #groupCodes = new Map<string, number>();
  readonly #notes = { missing: noted(), unknown: noted(), ignored: noted() };
  #rows = 0;
  #measured = 0;

  constructor(pipeline: FittedPipeline, group?: string) {
    this.#pipeline = pipeline;
    this.#group = group;
    const isClasses = pipeline.target.kind === 'classes';
    this.#outputs = new Growing((length) => (isClasses ? new Float32Array(length) : new Float64Array(length)));
  }

  /**
   * @param outputs [table.rows, width]
   * @param numbers of the rows in the file, from 1; left out, they follow those before
   * @throws InputError `missing-column`, `not-a-number` or `too-many-groups`
   */
  add(table: Table, outputs: ArrayLike<number>, numbers?: Uint32Array): void {
    const truth = trueRows(this.#pipeline, table);
    const groups = this.#group === undefined ? undefined : textsOf(columnNamed(table, this.#group));
    const width = outputs.length / Math.max(1, table.rows);
    const trueWidth = truth.values.length / Math.max(1, table.rows);
    for (let row = 0; row < table.rows; row++) {
      this.#rows++;
      const number = numbers?.[row] ?? this.#rows;
      const unknown = truth.unknown(row);
      if (unknown !== undefined) {
        note(this.#notes.unknown, number, unknown);
        continue;
      }
      if (truth.missing(row)) {
        note(this.#notes.missing, number);
        continue;
      }
      const ignored = truth.ignored(row);
      if (ignored !== undefined) note(this.#notes.ignored, number, ignored);
      this.#measured++;
      for (let index = 0; index < trueWidth; index++) this.#actual.push(truth.values[row * trueWidth + index]);
      for (let index = 0; index < width; index++) this.#outputs.push(outputs[row * width + index]);
      if (groups) this.#groups.push(this.#groupCode(groups.codes[row] < 0 ? '' : groups.dictionary[groups.codes[row]]));
    }
  }

  /** @throws InputError `no-rows` when no row has a target that the model knows */
  finish(): Gathered {
    const { column } = this.#pipeline.target;
    if (this.#measured === 0) {
      throw new InputError('no-rows', `None of the ${this.#rows} rows has a value of "${column}" that the model knows.`, {
        advice: `Give rows whose column "${column}" holds the true values.`,
        place: { column },
      });
    }
    const { missing, unknown } = this.#notes;
    return {
      rows: this.#measured,
      actual: this.#actual.finish(),
      outputs: this.#outputs.finish(),
      groups: this.#groups.finish(),
      groupNames: [...this.#groupCodes.keys()],
      leftOut: missing.count + unknown.count,
      warnings: this.#warnings(column),
    };
  }

  #groupCode(name: string): number {
    const known = this.#groupCodes.get(name);
    if (known !== undefined) return known;
    const code = this.#groupCodes.size;
    requireFewGroups(code + 1, String(this.#group));
    this.#groupCodes.set(name, code);
    return code;
  }

  #warnings(column: string): Warning[] {
    const { missing, unknown, ignored } = this.#notes;
    const warnings: Warning[] = [];
    if (missing.count > 0) {
      warnings.push({
        code: 'target-missing-in-rows',
        message: `${missing.count} of ${this.#rows} rows have no "${column}" and were left out, the first being row ${missing.row}.`,
        advice: 'Fill in the true values to have these rows measured.',
        place: { column, row: missing.row },
      });
    }
    if (unknown.count > 0) {
      warnings.push({
        code: 'unknown-class',
        message: `${unknown.count} of ${this.#rows} rows have a "${column}" that the model was not trained on and were left out, the first being "${unknown.value}" in row ${unknown.row}.`,
        advice: 'Train on data that has this class, or correct the spelling.',
        place: { column, row: unknown.row, value: unknown.value },
      });
    }
    if (ignored.count > 0) {
      warnings.push({
        code: 'unknown-label',
        message: `${ignored.count} of ${this.#rows} rows have a label in "${column}" that the model was not trained on, the first being "${ignored.value}" in row ${ignored.row}; they are measured by the others.`,
        advice: 'Train on data that has this label, or correct the spelling.',
        place: { column, row: ignored.row, value: ignored.value },
      });
    }
    return warnings;
  }
}

/** How many rows something was found in, and the first of them. */
interface Noted {
  count: number;
  row: number;
  value: string;
}

const noted = (): Noted => ({ count: 0, row: 0, value: '' });

/** Rows of a time series come in no order of their own. */
function note(to: Noted, row: number, value = ''): void {
  if (to.count++ > 0 && row > to.row) return;
  to.row = row;
  to.value = value;
}
