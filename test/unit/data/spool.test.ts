import { expect, test } from 'vitest';
import { encodeChunk } from '../../../src/data/chunks.js';
import { Spool } from '../../../src/data/spool.js';
import type { TableChunk } from '../../../src/data/table.js';
import { createMemoryStore } from '../../../src/storage/memory.js';

const chunk = (first: number): TableChunk => ({ rows: 2, columns: [{ kind: 'number', values: Float64Array.of(first, first + 1) }] });

test('what is beyond memory waits in the store, comes in order, and is given back', async () => {
  const store = createMemoryStore();
  const spool = new Spool(store, encodeChunk(chunk(0)).length);
  for (const first of [0, 2, 4]) await spool.push(chunk(first));
  expect((await store.usage()).used).toBe(2 * encodeChunk(chunk(0)).length);
  const taken: TableChunk[] = [];
  for await (const next of spool.take()) taken.push(next);
  expect(taken).toEqual([chunk(0), chunk(2), chunk(4)]);
  await spool.dispose();
  expect((await store.usage()).used).toBe(0);
});
