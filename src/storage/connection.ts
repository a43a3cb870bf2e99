/**
 * One connection to the database, replaced when it is lost. A browser may drop it at any time (a tab in the background, a
 * crash of the storage process, an upgrade by a newer tab): work is then done again on a new connection, never on the dead
 * one. It lets go at once when another tab wants to upgrade, so that an upgrade never waits for an old tab.
 */
import { type IDBPDatabase, openDB } from 'idb';
import { StorageError } from '../base/errors.js';
import { hasName, openingFailure, storageClosed } from './failures.js';
import { migrate, migrations } from './migrations/migrate.js';
import type { Migration, Schema } from './migrations/schema.js';

export type Database = IDBPDatabase<Schema>;

/** Milliseconds that an upgrade waits for tabs of an older version which do not let go, such as frozen ones. */
const longestWait = 3_000;

export class Connection {
  readonly #name: string;
  readonly #steps: readonly Migration[];
  #opening: Promise<Database> | undefined;
  #closed = false;

  /** `steps` are the migrations; tests bring one that is not released yet. */
  constructor(name: string, steps: readonly Migration[] = migrations) {
    this.#name = name;
    this.#steps = steps;
  }

  /**
   * Does work that may be done twice: once on the connection at hand and, if that turns out to be lost, on a new one. A
   * transaction on a lost connection is aborted as a whole, so nothing of the first attempt has happened.
   */
  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const opening = this.#open();
    const database = await opening;
    try {
      return await work(database);
    } catch (thrown) {
      if (this.#closed || !isLost(thrown)) throw thrown;
      database.close();
      this.#forget(opening);
      return await work(await this.#open());
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const database = await this.#opening?.catch(() => undefined);
    database?.close();
  }

  #open(): Promise<Database> {
    if (this.#closed) return Promise.reject(storageClosed());
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  /** The next use opens another connection, unless one has been opened since. */
  #forget(lost: Promise<Database>): void {
    if (this.#opening === lost) this.#opening = undefined;
  }

  #connect(): Promise<Database> {
    let database: Database | undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let failed: StorageError | undefined;
    let gaveUp = false;
    const opening = new Promise<Database>((resolve, reject) => {
      const letGo = (): void => {
        database?.close();
        this.#forget(opening);
      };
      openDB<Schema>(this.#name, this.#steps.length, {
        upgrade: (opened, from, _to, transaction) => {
          clearTimeout(waiting);
          try {
            migrate(opened as never, transaction as never, from, this.#steps);
          } catch (thrown) {
            failed = upgradeFailed(thrown);
            transaction.done.catch(() => undefined);
            transaction.abort();
          }
        },
        blocked: () => {
          waiting = setTimeout(() => {
            gaveUp = true;
            reject(storageBlocked());
          }, longestWait);
        },
        blocking: letGo,
        terminated: letGo,
      }).then(
        (opened) => {
          database = opened;
          if (gaveUp) opened.close();
          else resolve(opened);
        },
        (thrown: unknown) => reject(failed ?? (hasName(thrown, 'VersionError') ? storageNewer(thrown) : openingFailure(thrown))),
      );
    });
    opening.catch(() => this.#forget(opening));
    return opening;
  }
}

/** What browsers throw when the connection, not the request, is at fault: Chromium and Firefox the first, Safari the last. */
function isLost(thrown: unknown): boolean {
  return (
    hasName(thrown, 'InvalidStateError', 'AbortError') || (hasName(thrown, 'UnknownError') && /connection/i.test((thrown as Error).message))
  );
}

const storageNewer = (cause: unknown): StorageError =>
  new StorageError('storage-newer', 'A newer version of Benchwright has upgraded what is stored here.', {
    advice: 'Reload this page to get the newer version; nothing is lost.',
    cause,
  });

const storageBlocked = (): StorageError =>
  new StorageError('storage-blocked', 'Another tab with an older version of Benchwright keeps the storage from being upgraded.', {
    advice: 'Close the other tabs of this page, then reload it; nothing is lost.',
  });

const upgradeFailed = (cause: unknown): StorageError =>
  new StorageError('upgrade-failed', 'What is stored here could not be carried over to this version of Benchwright.', {
    advice: 'Nothing is lost: everything is as the version before has left it. Go back to that version, and tell us.',
    cause,
  });
