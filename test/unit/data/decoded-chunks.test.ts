/** Looking through a table reads each chunk once while it is in sight, in bounded memory, and never an unneeded one. */
import { expect, test, vi } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import { encodeChunk } from '../../../src/data/chunks.js';
import { DecodedChunks } from '../../../src/data/decoded-chunks.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { readBuiltin, textSource } from './files.js';

test('pages of one chunk read it once; rows of others are not read', async () => {
  const store = createMemoryStore();
  const datasets = createDatasets({ store, readBuiltin });
  const reading = datasets.import(textSource(`a\n${Array.from({ length: 20_000 }, (_, row) => row).join('\n')}\n`));
  let next = await reading.next();
  while (!next.done) next = await reading.next();
  const read = vi.spyOn(store, 'getChunk');
  for (let offset = 0; offset < 1000; offset += 100) await datasets.preview(next.value.id, offset, 100);
  expect(read).toHaveBeenCalledTimes(1);
  const { columns } = await datasets.preview(next.value.id, 8190, 4);
  expect(columns[0].kind === 'number' && [...columns[0].values]).toEqual([8190, 8191, 8192, 8193]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('the chunk that was looked at longest ago is forgotten; one that could not be read is read again', async () => {
  const store = createMemoryStore();
  const refs = await Promise.all(
    [1, 2, 3].map((value) => store.putChunk(encodeChunk({ rows: 1, columns: [{ kind: 'number', values: Float64Array.of(value) }] }))),
  );
  const read = vi.spyOn(store, 'getChunk');
  const chunks = new DecodedChunks(store, 2 * refs[0].bytes);
  for (const ref of [refs[0], refs[1], refs[0], refs[2], refs[0], refs[1]]) await chunks.get(ref);
  expect(read.mock.calls.map(([ref]) => refs.indexOf(ref))).toEqual([0, 1, 2, 1]);
  read.mockRejectedValueOnce(new Error('gone for a moment'));
  await expect(chunks.get(refs[2])).rejects.toThrow('gone');
  await expect(chunks.get(refs[2])).resolves.toMatchObject({ rows: 1 });
});
