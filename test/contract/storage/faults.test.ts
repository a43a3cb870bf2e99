/** A fault at every operation, over a folder. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { openFileStore } from '../../../src/host/node/files.js';
import { faultContract, keepOften } from './faults.contract.js';
import { temporaryFolder } from './folder.js';

beforeEach(keepOften);
afterEach(() => void vi.restoreAllMocks());

faultContract('folder', async () => {
  const folder = await temporaryFolder();
  return {
    // Without grace: what another process may be about to name is, in this test, nobody's.
    open: () => openFileStore(folder, { grace: 0 }),
    kept: () => readdir(join(folder, 'chunks')),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});
