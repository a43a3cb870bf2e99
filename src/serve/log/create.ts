/** Logs over a store. */
import type { Store } from '../../storage/store.js';
import type { Logs } from './logs.js';
import { StoredLogs } from './stored-logs.js';

/** @param now milliseconds since 1970 */
export const createLogs = (store: Store, now?: () => number): Logs => new StoredLogs(store, now);
