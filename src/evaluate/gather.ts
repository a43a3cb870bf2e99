/** Collects what is measured, chunk by chunk: true targets, the model's outputs and groups. Rows without a target are left out. */
import { InputError } from '../base/errors.js';
import { Growing } from '../base/growing.js';
import { columnNamed, numbersOf, textsOf } from '../data/columns/access.js';
import { transformTarget } from '../data/pipeline.js';
import type { Table } from '../data/table.js';
import type { Warning } from '../spec/dataset.js';
import type { FittedPipeline } from '../spec/pipeline.js';

/** More groups than this are rows in disguise, and their figures noise. */
const mostGroups = 100;

export interface Gathered {
  /** [rows]: class indices, or values in the target's own unit. */
  actual: Float64Array;
  /** [rows, width]: probabilities, or values in the target's own unit. */
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
  readonly #leftOut = { missing: { count: 0, row: 0 }, unknown: { count: 0, row: 0, value: '' } };
  #rows = 0;

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
    const column = columnNamed(table, this.#pipeline.target.column);
    const isClasses = this.#pipeline.target.kind === 'classes';
    const truth = isClasses
      ? transformTarget(
          this.#pipeline,
          table,
          Uint32Array.from({ length: table.rows }, (_, row) => row),
        )
      : numbersOf(column, this.#pipeline.target.column);
    const texts = isClasses ? textsOf(column) : undefined;
    const groups = this.#group === undefined ? undefined : textsOf(columnNamed(table, this.#group));
    const width = outputs.length / Math.max(1, table.rows);
    for (let row = 0; row < table.rows; row++) {
      this.#rows++;
      if (Number.isNaN(truth[row]) || (isClasses && truth[row] < 0)) {
        this.#leaveOut(numbers?.[row] ?? this.#rows, texts && texts.codes[row] >= 0 ? texts.dictionary[texts.codes[row]] : undefined);
        continue;
      }
      this.#actual.push(truth[row]);
      for (let index = 0; index < width; index++) this.#outputs.push(outputs[row * width + index]);
      if (groups) this.#groups.push(this.#groupCode(groups.codes[row] < 0 ? '' : groups.dictionary[groups.codes[row]]));
    }
  }

  /** @throws InputError `no-rows` when no row has a target that the model knows */
  finish(): Gathered {
    const { column } = this.#pipeline.target;
    if (this.#actual.length === 0) {
      throw new InputError('no-rows', `None of the ${this.#rows} rows has a value of "${column}" that the model knows.`, {
        advice: `Give rows whose column "${column}" holds the true values.`,
        place: { column },
      });
    }
    const { missing, unknown } = this.#leftOut;
    return {
      actual: this.#actual.finish(),
      outputs: this.#outputs.finish(),
      groups: this.#groups.finish(),
      groupNames: [...this.#groupCodes.keys()],
      leftOut: missing.count + unknown.count,
      warnings: this.#warnings(column),
    };
  }

  #leaveOut(row: number, value: string | undefined): void {
    const kind = value === undefined ? this.#leftOut.missing : this.#leftOut.unknown;
    if (kind.count++ > 0 && row > kind.row) return;
    kind.row = row;
    if (value !== undefined) this.#leftOut.unknown.value = value;
  }

  #groupCode(name: string): number {
    const known = this.#groupCodes.get(name);
    if (known !== undefined) return known;
    const code = this.#groupCodes.size;
    if (code >= mostGroups) {
      throw new InputError('too-many-groups', `Column "${this.#group}" has more than ${mostGroups} values.`, {
        advice: 'Choose a column with few values.',
        place: { column: String(this.#group) },
      });
    }
    this.#groupCodes.set(name, code);
    return code;
  }

  #warnings(column: string): Warning[] {
    const { missing, unknown } = this.#leftOut;
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
    return warnings;
  }
}
