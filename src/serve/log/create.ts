/** Logs over a store. */
import type { Store } from '../../storage/store.js';
import type { Logs } from './logs.js';
import { StoredLogs } from './stored-logs.js';

export const createLogs = (store: Store): Logs => new StoredLogs(store);
