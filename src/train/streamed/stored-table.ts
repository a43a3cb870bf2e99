/** A table that is read chunk by chunk: as it is stored, or as training frames it. */
import { decodeChunk } from '../../data/chunks.js';
import type { Table } from '../../data/table.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { Field } from '../../spec/field.js';
import type { Store } from '../../storage/store.js';

export interface StoredTable {
  record: DatasetRecord;
  /** Of the columns that `read` gives. */
  fields: readonly Field[];
  read(chunk: number): Promise<Table>;
}

export const storedTable = (store: Store, record: DatasetRecord): StoredTable => ({
  record,
  fields: record.fields,
  async read(chunk) {
    const { rows, columns } = decodeChunk(await store.getChunk(record.chunks[chunk].ref));
    return { rows, columns, names: record.fields.map(({ name }) => name) };
  },
});

/** [chunks + 1]: the first row of each chunk, and the number of rows. */
export function firstRows({ chunks }: DatasetRecord): Uint32Array {
  const first = new Uint32Array(chunks.length + 1);
  for (const [index, { rows }] of chunks.entries()) first[index + 1] = first[index] + rows;
  return first;
}
