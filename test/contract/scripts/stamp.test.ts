import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildWhenStale } from '../../../scripts/stamp.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'benchwright-stamp-'));
  writeFileSync(join(root, 'source.txt'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const build = (): Promise<boolean> =>
  buildWhenStale({
    root,
    sources: ['source.txt'],
    output: 'dist/part',
    build: async () => void mkdirSync(join(root, 'dist/part'), { recursive: true }),
  });

test('what is built is built again when a source has changed or the result is gone, and only then', async () => {
  expect(await build()).toBe(true);
  expect(await build()).toBe(false);
  writeFileSync(join(root, 'source.txt'), 'two');
  expect(await build()).toBe(true);
  rmSync(join(root, 'dist/part'), { recursive: true });
  expect(await build()).toBe(true);
  expect(existsSync(join(root, 'dist/part'))).toBe(true);
});

test.each([
  ['that is gone', (lock: string) => writeFileSync(join(lock, 'owner'), '999999999')],
  ['that was killed before it gave its number', (lock: string) => utimesSync(lock, 1, 1)],
])('the lock of a process %s is taken over', async (_, leave) => {
  const lock = join(root, 'dist/part.lock');
  mkdirSync(lock, { recursive: true });
  leave(lock);
  expect(await build()).toBe(true);
  expect(existsSync(lock)).toBe(false);
});

test('what has to happen before a build may itself build the same, as an installation does', async () => {
  let builds = 0;
  const part = (before?: () => Promise<unknown>): Promise<boolean> =>
    buildWhenStale({
      root,
      sources: ['source.txt'],
      output: 'dist/part',
      before,
      build: async () => {
        builds++;
        mkdirSync(join(root, 'dist/part'), { recursive: true });
      },
    });
  expect(await part(() => part())).toBe(false);
  expect(builds).toBe(1);
});
