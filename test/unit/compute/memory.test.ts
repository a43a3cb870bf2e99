import { expect, it } from 'vitest';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import { KernelMemory } from '../../../src/compute/wasm/memory.js';
import { adam, batchFor, perceptron, weightsFor } from '../../contract/engine/conformance.js';

it('gives zeroed regions that do not overlap, and uses what was given back', () => {
  const memory = new KernelMemory();
  const addresses = [10, 100, 1000].map((length) => memory.allocate(length));
  memory.view(addresses[1], 100).fill(5);
  expect(memory.bytesInUse).toBe(64 + 448 + 4032);
  memory.release(addresses[1]);
  const smaller = memory.allocate(50);
  expect(smaller).toBe(addresses[1]);
  expect(memory.view(smaller, 50).every((value) => value === 0)).toBe(true);
  expect(memory.allocate(100)).toBeGreaterThan(addresses[2]);
  memory.release(smaller);
  expect(memory.allocate(112), 'a gap of exactly its size').toBe(addresses[1]);
  for (const address of [addresses[0], addresses[2], smaller]) memory.release(address);
  memory.release(12_345);
  expect(memory.bytesInUse).toBe(448);
});

it('keeps what stands in it when it grows', () => {
  const memory = new KernelMemory();
  const first = memory.allocate(4);
  memory.view(first, 4).set([1, 2, 3, 4]);
  const second = memory.allocate(1_000_000);
  expect(Array.from(memory.view(first, 4))).toEqual([1, 2, 3, 4]);
  expect(memory.view(second, 1_000_000)).toHaveLength(1_000_000);
});

it('says that a network does not fit, and goes on with those that do', async () => {
  const engine = await openWasmEngine({ limitPages: 4 });
  const small = perceptron(4, [8], 2);
  const network = await engine.prepare(small, { batchSize: 8, seed: 1, optimizer: adam });
  network.setWeights(weightsFor(small));
  const before = engine.counters();
  await expect(engine.prepare(perceptron(784, [512], 10), { batchSize: 32, seed: 1, optimizer: adam })).rejects.toMatchObject({
    name: 'DeviceError',
    code: 'device-memory',
    message: expect.stringMatching(/needs 6\.\d MiB; wasm has 0\.0 MiB in use/),
  });
  expect(engine.counters()).toEqual(before);
  const batch = batchFor(small, 8);
  network.step(batch.inputs, batch.targets, 8, 0.01);
  expect((await network.losses())[0]).toBeGreaterThan(0);
  network.dispose();
  engine.dispose();
});

it('refuses more than 32-bit addresses reach without harm', async () => {
  const engine = await openWasmEngine();
  const huge = perceptron(1 << 20, [1 << 20], 2);
  await expect(engine.prepare(huge, { batchSize: 1, seed: 1 })).rejects.toMatchObject({ code: 'device-memory' });
  expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
});
