/** What is particular to a store in a folder: what else the folder may hold, and what a disk or another process may do to it. */
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { openFileStore } from '../../../src/host/node/files.js';
import { isYoungerThan } from '../../../src/host/node/store/durable.js';
import type { Store } from '../../../src/storage/store.js';
import { temporaryFolder } from './folder.js';
import { code } from './place.js';
import { bytes, dataset, setting } from './samples.js';

let folder: string;
const opened: Store[] = [];
const open = async (options?: Parameters<typeof openFileStore>[1]): Promise<Store> => {
  opened.push(await openFileStore(folder, options));
  return opened[opened.length - 1];
};
const generations = async (): Promise<string[]> =>
  (await readdir(join(folder, 'generations'))).sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
const flipByte = async (path: string): Promise<void> => {
  const content = await readFile(path);
  content[content.length >> 1] ^= 1;
  await writeFile(path, content);
};

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('opening a folder', () => {
  it('makes one that is not there', async () => {
    folder = join(folder, 'new', 'deeper');
    await (await open()).commit({ put: [setting('s', 1)] });
    expect((await (await open({ create: false })).get('setting', 's'))?.value).toBe(1);
  });

  it('refuses one that holds something else, and leaves it as it was', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'mine');
    await expect(open()).rejects.toEqual(code('not-a-store'));
    await expect(open()).rejects.toThrow(/thesis\.txt/);
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  it('refuses a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openFileStore(join(folder, 'file'))).rejects.toEqual(code('not-a-store'));
    await expect(openFileStore(join(folder, 'file', 'inside'))).rejects.toEqual(code('folder-not-usable'));
  });

  it('writes nothing when it must not create', async () => {
    await expect(open({ create: false })).rejects.toEqual(code('not-a-store'));
    await expect(openFileStore(join(folder, 'typo'), { create: false })).rejects.toThrow(/does not exist/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes one that people have put their own files beside', async () => {
    await (await open()).commit({ put: [setting('s', 1)] });
    await writeFile(join(folder, 'notes.txt'), 'mine');
    expect(await (await open()).list('setting')).toHaveLength(1);
  });

  it('opens what version 1 has written, under the names of version 1', async () => {
    const ref = { hash: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81', bytes: 3 };
    const record = { kind: 'setting', id: 'old', value: { ref, worst: { $number: 'NaN' }, $$key: 1 } };
    const text = JSON.stringify(record);
    const entry = { kind: 'setting', id: 'old', file: '0123456789abcdef.json', hash: await sha256(text) };
    const content = { version: 1, records: [entry] };
    for (const name of ['chunks', 'records', 'generations']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'chunks', ref.hash), Uint8Array.of(1, 2, 3));
    await writeFile(join(folder, 'records', entry.file), text);
    await writeFile(join(folder, 'generations', '7.json'), JSON.stringify({ hash: await sha256(JSON.stringify(content)), content }));
    const store = await open({ create: false });
    expect((await store.get('setting', 'old'))?.value).toEqual({ ref, worst: Number.NaN, $key: 1 });
    expect(await store.collect()).toBe(0);
    expect(await store.getChunk(ref)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('refuses what a newer version has written', async () => {
    await mkdir(join(folder, 'generations'));
    // SHA-256 of {"version":2,"records":[]}
    const hash = '6f20d75964204fdf19e3314fb415b5e6ca3ab290f3feae13c862a599e4de14f7';
    await writeFile(join(folder, 'generations', '1.json'), JSON.stringify({ hash, content: { version: 2, records: [] } }));
    await expect(open()).rejects.toEqual(code('storage-newer'));
  });
});

describe('a damaged folder', () => {
  it('opens at the generation before, when the newest is damaged, and goes on from there', async () => {
    const store = await open();
    for (const value of [1, 2, 3]) await store.commit({ put: [setting('s', value)] });
    await flipByte(join(folder, 'generations', '3.json'));
    const again = await open();
    expect((await again.get('setting', 's'))?.value).toBe(2);
    await again.commit({ put: [setting('t', 4)] });
    expect(await generations()).toEqual(['2.json', '3.json.damaged', '4.json']);
    expect((await (await open()).list('setting')).map(({ value }) => value)).toEqual([2, 4]);
  });

  it('is not taken for an empty one, when no generation is whole', async () => {
    const store = await open();
    for (const value of [1, 2]) await store.commit({ put: [setting('s', value)] });
    for (const name of await generations()) await writeFile(join(folder, 'generations', name), '');
    await expect(open()).rejects.toEqual(code('storage-damaged'));
  });

  it('names the record whose file is damaged or gone, and has the others', async () => {
    const store = await open();
    await store.commit({ put: [setting('s', 1)] });
    const [file] = await readdir(join(folder, 'records'));
    await store.commit({ put: [setting('t', 2)] });
    await flipByte(join(folder, 'records', file));
    await expect(store.get('setting', 's')).rejects.toMatchObject({ code: 'record-damaged', place: { kind: 'setting', id: 's' } });
    await rm(join(folder, 'records', file));
    await expect(store.get('setting', 's')).rejects.toEqual(code('record-damaged'));
    expect((await store.get('setting', 't'))?.value).toBe(2);
    // Whatever the damaged record names must not be collected.
    await expect(store.collect()).rejects.toEqual(code('record-damaged'));
    await store.commit({ remove: [{ kind: 'setting', id: 's' }] });
    expect(await store.list('setting')).toHaveLength(1);
  });
});

describe('a folder in use', () => {
  it('does not grow with commits', async () => {
    const store = await open();
    for (let value = 0; value < 10; value++) await store.commit({ put: [setting('s', value), setting('t', value)] });
    expect(await generations()).toEqual(['9.json', '10.json']);
    expect(await readdir(join(folder, 'records'))).toHaveLength(4);
  });

  it('keeps what another process may be about to name, until it has lain untouched', async () => {
    const ref = await (await open()).putChunk(bytes(100));
    const other = await open();
    expect(await other.collect()).toBe(0);
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await utimes(join(folder, 'chunks', ref.hash), longAgo, longAgo);
    const third = await open();
    await third.putChunk(bytes(100));
    expect(await other.collect()).toBe(0);
    await utimes(join(folder, 'chunks', ref.hash), longAgo, longAgo);
    expect(await other.collect()).toBe(100);
  });

  it('loses the files that a crash left between a record and its generation', async () => {
    const store = await open({ grace: 0 });
    await store.commit({ put: [setting('s', 1)] });
    await writeFile(join(folder, 'records', '0123456789abcdef.json'), '{}');
    expect(await store.collect()).toBe(2);
    expect((await store.get('setting', 's'))?.value).toBe(1);
  });

  it('takes a file of this very millisecond for one that is there, not for one yet to come', () => {
    expect(isYoungerThan(0, { mtimeMs: Date.now() + 0.9 })).toBe(false);
    expect(isYoungerThan(1_000, { mtimeMs: Date.now() - 500 })).toBe(true);
  });

  it('tells how much it holds and how much would fit', async () => {
    const store = await open();
    await store.commit({ put: [dataset('one', [await store.putChunk(bytes(100_000))])] });
    const { used = 0, quota = 0, persistent } = await store.usage();
    expect(used).toBeGreaterThan(100_000);
    expect(used).toBeLessThan(110_000);
    expect(quota).toBeGreaterThan(used);
    expect(persistent).toBe(true);
  });
});
