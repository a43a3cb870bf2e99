/** Writers of the same chunk: they take turns, and none waits for ever for a tab that has been suspended. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Claims } from '../../../src/storage/claims.js';
import { ChunkFolder } from '../../../src/storage/folder.js';
import { writeLock } from '../../../src/storage/names.js';
import { deletePlace, freshName } from './place.js';

let name: string;
beforeEach(() => {
  name = freshName();
});
afterEach(() => deletePlace(name));

it('takes turns where the other one ends, and writes all the same where it does not', async () => {
  let end = (): void => undefined;
  const suspended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const held = navigator.locks.request(writeLock(name, 'a'), () => suspended);
  const done: string[] = [];
  await new Claims(name, 50).inTurn('a', async () => void done.push('impatient'));
  const patient = new Claims(name).inTurn('a', async () => void done.push('patient'));
  await new Claims(name, 50).inTurn('b', async () => void done.push('of another chunk'));
  expect(done).toEqual(['impatient', 'of another chunk']);
  end();
  await Promise.all([held, patient]);
  expect(done).toEqual(['impatient', 'of another chunk', 'patient']);
});

it('says what went wrong in its own turn, and does not write twice', async () => {
  let written = 0;
  const failing = new Claims(name, 50).inTurn('a', async () => {
    written++;
    await new Promise((resolve) => setTimeout(resolve, 100));
    throw new DOMException('Full.', 'QuotaExceededError');
  });
  await expect(failing).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(written).toBe(1);
});

it('is one whole chunk, however many write the same bytes at once', async () => {
  const folder = (await ChunkFolder.open(name)) as ChunkFolder;
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  await Promise.all(Array.from({ length: 3 }, () => folder.write('a', bytes)));
  expect(await folder.names()).toEqual(['a']);
  const file = (await folder.read('a')) as File;
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
});
