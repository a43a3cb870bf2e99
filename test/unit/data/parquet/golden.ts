/** The files of test/golden/parquet, and what pyarrow reads from them. */
import { readFileSync } from 'node:fs';
import { type ParquetFooter, readFooter } from '../../../../src/data/parquet/footer.js';
import { readGroups } from '../../../../src/data/parquet/read-groups.js';
import { selectedColumns } from '../../../../src/data/parquet/schema.js';
import type { Column } from '../../../../src/data/table.js';

export type Cell = number | string | null;
type Columns = Record<string, Cell[]>;

const folder = new URL('../../../golden/parquet/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, Columns | string>;

export const goldenNames = Object.keys(expected);
export const goldenBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}.parquet`, folder)));

export function goldenColumns(name: string): Columns {
  const found = expected[name];
  return typeof found === 'string' ? goldenColumns(found) : found;
}

export const rangesIn =
  (bytes: Uint8Array) =>
  async (start: number, end: number): Promise<Uint8Array> =>
    bytes.slice(start, end);

export const footerOf = (bytes: Uint8Array, name = 'table.parquet'): Promise<ParquetFooter> =>
  readFooter(name, bytes.length, rangesIn(bytes));

export const cellsOf = (column: Column): Cell[] => {
  if (column.kind === 'number') return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  if (column.kind === 'text') return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]));
  throw new TypeError('no pictures here');
};

/** Every value, column by column. */
export async function readAll(
  bytes: Uint8Array,
  { columns, rowsPerBatch = 64 }: { columns?: string[]; rowsPerBatch?: number } = {},
): Promise<Map<string, Cell[]>> {
  const footer = await footerOf(bytes);
  const chosen = selectedColumns(footer.columns, columns, 'table.parquet');
  const cells = new Map(chosen.map(({ name }): [string, Cell[]] => [name, []]));
  for await (const batch of readGroups(footer, { read: rangesIn(bytes), columns: chosen, rowsPerBatch }))
    batch.columns.forEach((column, index) => void cells.get(chosen[index].name)?.push(...cellsOf(column)));
  return cells;
}
