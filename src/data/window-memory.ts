/** Windows over rows that come batch by batch: the last rows of each series are remembered for those that follow. */
import type { WindowSpec } from '../spec/pipeline-spec.js';
import { columnNamed } from './columns/access.js';
import { chosenRows } from './rows-of.js';
import type { Table } from './table.js';
import { joinChunks } from './whole.js';
import { seriesOf, withLags } from './windows.js';

export class WindowMemory {
  readonly #windows: WindowSpec;
  readonly #target: string;
  readonly #names: string[];
  #earlier: Table | undefined;

  constructor(windows: WindowSpec, target: string) {
    this.#windows = windows;
    this.#target = target;
    this.#names = [...new Set([windows.time, ...(windows.group === undefined ? [] : [windows.group]), ...windows.columns])];
  }

  /** The rows with the values of those before them, which are the ones given here and earlier. @throws InputError `missing-column` */
  extend(table: Table): Table {
    const own: Table = { rows: table.rows, names: this.#names, columns: this.#names.map((name) => columnNamed(table, name)) };
    const before = this.#earlier?.rows ?? 0;
    const joined = this.#earlier ? joinChunks(this.#names, [this.#earlier, own]) : own;
    const series = seriesOf(this.#windows, joined);
    const extended = withLags(this.#windows, this.#target, joined, series);
    const added = extended.names.length - this.#names.length;
    const kept = series.groups.flatMap((rows) => [...rows.subarray(Math.max(0, rows.length - this.#windows.length + 1))]);
    this.#earlier = chosenRows(joined, Uint32Array.from(kept).sort());
    const asked = Uint32Array.from({ length: table.rows }, (_, row) => before + row);
    const lags = chosenRows({ rows: joined.rows, names: extended.names.slice(-added), columns: extended.columns.slice(-added) }, asked);
    return added === 0 ? table : { rows: table.rows, names: [...table.names, ...lags.names], columns: [...table.columns, ...lags.columns] };
  }
}
