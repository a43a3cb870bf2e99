/** Ten thousand steps over forty shapes of networks leave no memory behind: not on the device, not in wasm, not in JavaScript. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Engine } from '../../../src/compute/engine.js';
import { openTfjsEngine } from '../../../src/compute/tfjs/engine.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import { adam, batchFor, perceptron, weightsFor } from '../engine/conformance.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const shapes = Array.from({ length: 40 }, (_, index) => perceptron(1 + (index % 8), [1 + ((index * 7) % 31)], 2 + (index % 3)));

/** Every shape in turn, so many steps each. */
async function trainAll(engine: Engine, steps: number): Promise<void> {
  for (const model of shapes) {
    const { inputs, targets } = batchFor(model, 4);
    const network = await engine.prepare(model, { batchSize: 4, seed: 1, optimizer: adam });
    network.setWeights(weightsFor(model));
    for (let step = 0; step < steps; step++) {
      network.step(inputs, targets, 4, 0.001);
      if (step % 25 === 24) await network.losses();
    }
    await network.forward(inputs, 4);
    network.dispose();
  }
}

const inUse = (): number => {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

test.each([
  { device: 'wasm', open: () => openWasmEngine(), steps: 250 },
  { device: 'cpu', open: () => openTfjsEngine('cpu'), steps: 50 },
])('on $device', async ({ open, steps }) => {
  const engine = await open();
  await trainAll(engine, 25);
  let grown = Number.POSITIVE_INFINITY;
  // What is compiled meanwhile grows once; a leak of a small array a step grows every time.
  for (let turn = 0; turn < 3 && grown >= 2 ** 19; turn++) {
    const before = inUse();
    await trainAll(engine, steps);
    expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
    grown = inUse() - before;
  }
  expect(grown).toBeLessThan(2 ** 19);
  engine.dispose();
});
