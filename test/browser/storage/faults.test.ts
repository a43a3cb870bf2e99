/** A fault at every operation, over the browser's own store: IndexedDB and the origin private file system. */
import { afterEach, beforeEach, vi } from 'vitest';
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import { faultContract, keepOften } from '../../contract/storage/faults.contract.js';
import { browserPlace } from './place.js';

beforeEach(keepOften);
afterEach(() => void vi.restoreAllMocks());

faultContract('browser', () => browserPlace((name) => openBrowserStore({ name })), 180_000);
