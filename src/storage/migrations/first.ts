/** Version 1: records by kind and id, indexed by the chunks that they name; chunks as blobs by hash. */
import { blobTable, chunkIndex, recordTable } from '../names.js';
import type { Migration } from './schema.js';

export const first: Migration = (database) => {
  const records = database.createObjectStore(recordTable, { keyPath: ['kind', 'id'] });
  records.createIndex(chunkIndex, 'chunks', { multiEntry: true });
  database.createObjectStore(blobTable);
};
