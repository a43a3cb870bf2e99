/** A folder under processes that are killed, that write at once, and whose disk takes no more. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { openFileStore } from '../../../src/host/node/files.js';
import type { Store } from '../../../src/storage/store.js';
import { temporaryFolder } from './folder.js';
import { bytes, dataset, setting } from './samples.js';

let program: string;
let folder: string;

beforeAll(async () => {
  program = await temporaryFolder();
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./committer.ts', import.meta.url)),
      outDir: program,
      rollupOptions: { output: { entryFileNames: 'committer.mjs' } },
    },
  });
});
afterAll(() => rm(program, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Committer {
  child: ChildProcess;
  said: string[];
  ended: Promise<unknown>;
}

/** Starts a process that commits; with a limit, no file may become longer than so many KiB. */
function start(first: number, last: number, prefix = 'n', limit?: number): Committer {
  const command = [process.execPath, join(program, 'committer.mjs'), folder, String(first), String(last), prefix];
  const child = limit
    ? // The limit's signal is ignored, so that the write itself fails, half done, as on a disk that is full.
      spawn('bash', ['-c', `trap '' XFSZ; ulimit -f ${limit}; exec "$@"`, 'bash', ...command])
    : spawn(command[0], command.slice(1));
  const said: string[] = [];
  child.stdout?.on('data', (data) => said.push(...String(data).trim().split('\n')));
  return { child, said, ended: once(child, 'close') };
}

async function reading<T>(read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openFileStore(folder);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

describe('a folder of the file store', () => {
  it('is at its last or next generation after the process was killed at any moment', async () => {
    const random = new Random(7);
    let last = 0;
    for (let round = 0; round < 12; round++) {
      const committer = start(last + 1, last + 10_000);
      await once(committer.child.stdout as NodeJS.ReadableStream, 'data');
      await new Promise((resolve) => setTimeout(resolve, random.uniform() * 30));
      committer.child.kill('SIGKILL');
      await committer.ended;
      const durable = Number(committer.said[committer.said.length - 1]);
      const found = await reading(async (store) => {
        const kept = await store.get('dataset', 'n');
        if (!kept) throw new Error('The dataset is gone.');
        expect(await store.getChunk(kept.chunks[0].ref)).toEqual(bytes(20_000, kept.created));
        expect((await store.get('setting', 'n'))?.value).toBe(kept.created);
        expect(await store.list('setting')).toHaveLength(kept.created + 1);
        return kept.created;
      });
      expect(found).toBeGreaterThanOrEqual(durable);
      expect(found).toBeLessThanOrEqual(durable + 1);
      last = found;
    }
    expect(last).toBeGreaterThan(12);
  }, 30_000);

  it('has every commit of several processes that write at once', async () => {
    const committers = ['a', 'b', 'c'].map((prefix) => start(1, 25, prefix));
    await Promise.all(committers.map(({ ended }) => ended));
    for (const { said } of committers) expect(said).toEqual(Array.from({ length: 25 }, (_, index) => String(index + 1)));
    await reading(async (store) => {
      expect(await store.list('setting')).toHaveLength(3 * 26);
      for (const record of await store.list('dataset')) {
        expect(await store.getChunk(record.chunks[0].ref)).toEqual(bytes(20_000, 25));
      }
    });
  }, 30_000);

  it('keeps what it has when a write fails half way, and says that there is no space', async () => {
    await reading((store) => store.commit({ put: [setting('before', 1), dataset('n')] }));
    const { said, ended } = start(1, 1, 'n', 8);
    await ended;
    expect(said).toEqual(['storage-full']);
    await reading(async (store) => {
      expect((await store.get('setting', 'before'))?.value).toBe(1);
      expect(await store.get('dataset', 'n')).toEqual(dataset('n'));
      expect(await store.collect()).toBe(0);
    });
  });
});
