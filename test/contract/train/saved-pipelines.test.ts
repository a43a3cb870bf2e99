/** Pipelines that are saved under a name, by two tabs: neither overwrites what it has not seen. */
import { expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { createPipelines } from '../../../src/train/create-pipelines.js';

test('one that somebody has changed since it was read is not overwritten, nor brought back where it was removed', async () => {
  const store = createMemoryStore();
  const [here, there] = [createPipelines(store), createPipelines(store)];
  const read = await here.save('Mine', {});
  const theirs = await there.save('Theirs', { select: ['a'] }, read.id, read);
  await expect(here.save('Mine again', {}, read.id, read)).rejects.toMatchObject({ code: 'stale-write' });
  expect(await here.list()).toEqual([theirs]);
  const latest = await here.save('Mine again', {}, theirs.id, theirs);
  await there.remove(latest.id);
  await expect(here.save('Once more', {}, latest.id, latest)).rejects.toMatchObject({ code: 'stale-write' });
  expect(await here.list()).toEqual([]);
  // As an undo of the removal does.
  expect(await here.save(latest.name, latest.pipeline, latest.id)).toMatchObject({ id: latest.id, name: 'Mine again' });
});
