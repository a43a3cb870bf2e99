/**
 * The database's versions. Version N is what the first N migrations make of an empty database. A migration that has been
 * released is never edited: add the next one, and a test that opens what the version before it wrote.
 */
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { first } from './first.js';
import type { Migration } from './schema.js';

export const migrations: readonly Migration[] = [first];

/** Brings a database from its version (0 when it is new) to the newest. */
export function migrate(
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
  from: number,
  steps: readonly Migration[],
): void {
  for (const step of steps.slice(from)) step(database, transaction);
}
