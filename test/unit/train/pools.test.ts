/** Pools of chunks: every row once in an epoch, whatever the batches; the same for the same seed, epoch and step. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { denseRows } from '../../../src/data/inputs.js';
import { stepsPerEpoch } from '../../../src/train/batches.js';
import { poolsOf } from '../../../src/train/streamed/pools.js';
import { streamedRows } from '../../../src/train/streamed/training-rows.js';

const source = (rows: number[], poolRows: number, loads: number[] = []) =>
  streamedRows({
    width: 1,
    targets: 1,
    rows: Uint32Array.from(rows),
    poolRows,
    load: async (chunk) => {
      loads.push(chunk);
      const first = rows.slice(0, chunk).reduce((sum, count) => sum + count, 0);
      const values = Float32Array.from({ length: rows[chunk] }, (_, row) => first + row);
      return { inputs: denseRows(values, values.length), targets: values };
    },
  });

const request = fc.record({
  rows: fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }).filter((list) => list.some((count) => count > 0)),
  poolRows: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(),
  batchSize: fc.integer({ min: 1, max: 9 }),
});

test('an epoch meets every row once; a step can be read by itself', async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ rows, poolRows, seed, batchSize }) => {
      const streamed = source(rows, poolRows);
      const steps = stepsPerEpoch(streamed.rows, batchSize);
      const reader = streamed.open(batchSize, seed);
      for (const epoch of [0, 1]) {
        const seen: number[] = [];
        for (let index = 0; index < steps; index++) {
          const { targets, inputs } = await reader.read(epoch, index);
          expect([...inputs]).toEqual([...targets]);
          seen.push(...targets);
          const alone = source(rows, poolRows).open(batchSize, seed);
          expect([...(await alone.read(epoch, index)).targets]).toEqual([...targets]);
          alone.close();
        }
        expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: streamed.rows }, (_, row) => row));
      }
      reader.close();
    }),
    { numRuns: 50 },
  );
});

test('pools have about as many rows as asked for, every chunk once; by weights they have as many places as rows', () => {
  fc.assert(
    fc.property(request, ({ rows, poolRows, seed }) => {
      const counts = Uint32Array.from(rows);
      const total = rows.reduce((sum, count) => sum + count, 0);
      for (const weights of [undefined, Float64Array.from(rows, (count, chunk) => count * (1 + chunk))]) {
        const pools = poolsOf({ rows: counts, weights, poolRows, seed, epoch: 3 });
        expect(pools.flatMap(({ chunks }) => chunks).sort((a, b) => a - b)).toEqual([...rows.keys()].filter((chunk) => rows[chunk] > 0));
        expect(pools[0].start).toBe(0);
        expect(pools.at(-1)?.end).toBe(total);
        pools.slice(1).forEach(({ start }, index) => {
          expect(start).toBe(pools[index].end);
        });
        if (weights) continue;
        for (const { start, end } of pools) expect(end - start).toBeLessThanOrEqual(poolRows + 2 * Math.max(...rows));
      }
    }),
  );
});

test('a chunk is read once in an epoch, and never more than a pool ahead', async () => {
  const loads: number[] = [];
  const reader = source(new Array(10).fill(4), 8, loads).open(4, 1);
  await reader.read(0, 0);
  await new Promise((resolve) => setTimeout(resolve));
  expect(loads).toHaveLength(4);
  for (let index = 1; index < 10; index++) await reader.read(0, index);
  expect([...loads.slice(0, 10)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  reader.close();
});
