/** Rows of cells by column, gathered into batches. */
import { bytesPerBatch, rowsPerBatch } from './batches.js';
import { type Cell, cellsToColumn } from './cells-to-column.js';
import type { Reading, SourceBatch } from './table-file.js';

export class CellGatherer {
  readonly #columns: Cell[][];
  readonly #size: number;
  readonly #readings: readonly Reading[] | undefined;
  #lines: number[] = [];
  #rows = 0;
  #bytes = 0;
  #before: number;

  /** @param before rows that were passed over */
  constructor(columns: number, readings: readonly Reading[] | undefined, before = 0) {
    this.#columns = Array.from({ length: columns }, () => []);
    this.#size = rowsPerBatch(columns);
    this.#readings = readings;
    this.#before = before;
  }

  get isFull(): boolean {
    return this.#rows >= this.#size || this.#bytes >= bytesPerBatch;
  }

  get rows(): number {
    return this.#rows;
  }

  set(column: number, cell: Cell): void {
    this.#columns[column][this.#rows] = cell;
  }

  /** The row is complete. */
  end(bytes: number, line?: number): void {
    this.#rows += 1;
    this.#bytes += bytes;
    if (line !== undefined) this.#lines.push(line);
  }

  /** What has been gathered. @param bytes of the source read so far */
  take(bytes: number): SourceBatch {
    const rows = this.#rows;
    const lines = this.#lines;
    const batch: SourceBatch = {
      rows,
      columns: this.#columns.map((cells, index) => cellsToColumn(cells, rows, this.#readings?.[index] ?? { as: 'guess' })),
      firstRow: this.#before + 1,
      ...(lines.length === rows ? { lines } : {}),
      bytes,
      after: { row: this.#before + rows },
    };
    this.#before += rows;
    this.#rows = 0;
    this.#bytes = 0;
    this.#lines = [];
    for (const cells of this.#columns) cells.length = 0;
    return batch;
  }
}
