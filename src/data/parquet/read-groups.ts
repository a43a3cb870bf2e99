/** The rows of a Parquet file as columns: row group by row group, batch by batch, holding a page of each column. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import type { TableChunk } from '../table.js';
import { Budget } from './budget.js';
import { ChunkBytes } from './chunk-bytes.js';
import { type Cursor, FlatCursor } from './cursor.js';
import { blamed } from './damage.js';
import type { ParquetFooter, ReadRange, RowGroup } from './footer.js';
import { NestedCursor } from './nested.js';
import { readPages } from './pages.js';
import type { ParquetColumn } from './schema.js';

export interface ReadGroupsOptions {
  read: ReadRange;
  columns: readonly ParquetColumn[];
  /** Indexes of row groups; all when left out. */
  groups?: readonly number[];
  rowsPerBatch: number;
  signal?: AbortSignal | undefined;
  /** Told of numbers that are infinite and became missing. */
  infinite?: (column: string, count: number) => void;
  /** Before a row group is read: the ranges that will be asked for. */
  ahead?: (ranges: [start: number, end: number][]) => Promise<void>;
}

export interface GroupRows extends TableChunk {
  group: number;
  /** Of the first row, within its row group. */
  firstRow: number;
}

/** A batch does not reach over the border of two row groups. */
export async function* readGroups(footer: ParquetFooter, options: ReadGroupsOptions): AsyncGenerator<GroupRows> {
  const { columns, groups = footer.groups.map((_, index) => index), rowsPerBatch, signal } = options;
  const budget = new Budget(footer.name);
  for (const index of groups) {
    const group = footer.groups[index];
    await options.ahead?.(rangesOf(group, columns));
    const cursors = columns.map((column) => cursorFor(column, group, footer, options, budget));
    try {
      for (let firstRow = 0; firstRow < group.rows; firstRow += rowsPerBatch) {
        throwIfAborted(signal);
        const rows = Math.min(rowsPerBatch, group.rows - firstRow);
        const read: TableChunk['columns'] = [];
        for (const cursor of cursors) read.push(await cursor.read(rows));
        yield { rows, columns: read, group: index, firstRow };
        await yieldToEventLoop();
      }
    } catch (thrown) {
      throw blamed(footer.name, thrown);
    } finally {
      for (const cursor of cursors) await cursor.close();
    }
  }
}

/** Where the columns of a row group lie, in the file's order. */
export const rangesOf = (group: RowGroup, columns: readonly ParquetColumn[]): [start: number, end: number][] =>
  columns
    .flatMap(({ leaves }) => leaves.map((leaf): [number, number] => [group.chunks[leaf].start, group.chunks[leaf].end]))
    .sort((a, b) => a[0] - b[0]);

function cursorFor(column: ParquetColumn, group: RowGroup, footer: ParquetFooter, options: ReadGroupsOptions, budget: Budget): Cursor {
  const at = { file: footer.name, budget };
  const pagesOf = (leaf: number) => {
    const chunk = group.chunks[leaf];
    return readPages(new ChunkBytes(options.read, chunk.start, chunk.end), chunk, footer.leaves[leaf], at);
  };
  if (column.nested) {
    const leaves = new Map(
      column.leaves.map((index) => [index, { leaf: footer.leaves[index], entries: group.chunks[index].values, pages: pagesOf(index) }]),
    );
    return new NestedCursor(column.nested, { name: column.name, file: footer.name }, leaves);
  }
  const [leaf] = column.leaves;
  return new FlatCursor(pagesOf(leaf), footer.leaves[leaf], (count) => options.infinite?.(column.name, count));
}
