/** What the database looks like at its newest version, and what a migration is. Older versions are described by the migrations alone. */
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { blobTable, chunkIndex, recordTable } from '../names.js';
import type { AnyRecord, RecordKind } from '../store.js';

/** `chunks` are the hashes that the record names: indexed, so that collecting need not read any record. */
export interface RecordRow {
  kind: RecordKind;
  id: string;
  record: AnyRecord;
  chunks: string[];
}

export interface Schema extends DBSchema {
  [recordTable]: { key: [RecordKind, string]; value: RecordRow; indexes: { [chunkIndex]: string } };
  [blobTable]: { key: string; value: Blob };
}

/** Runs inside the one transaction of the upgrade: if it throws, the database stays as it was. */
export type Migration = (database: IDBPDatabase, transaction: IDBPTransaction<unknown, string[], 'versionchange'>) => void;
