/** The engine's contract on webgpu, small: the software adapter takes milliseconds for every dispatch. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/compute/engine.js';
import { createDeviceOwner } from '../../src/compute/owner.js';
import { openTfjsEngine, openWebgpu } from '../../src/compute/tfjs/engine.js';
import { openWasmEngine } from '../../src/compute/wasm/engine.js';
import { adam, batchFor, conformance, largestDifference, perceptron, weightsFor } from '../contract/engine/conformance.js';
import { agreesWithWasm, computesInParts } from '../contract/engine/every-layer.js';

conformance('webgpu in Chromium', () => openTfjsEngine('webgpu'), {
  widths: [1, 5],
  activations: ['relu', 'sigmoid', 'gelu'],
  steps: 2,
});

describe('webgpu beside other devices', () => {
  let before: Engine;

  agreesWithWasm(() => openTfjsEngine('webgpu'));
  computesInParts(() => openTfjsEngine('webgpu'), 1);

  it('is described by its adapter, verified when asked for, and passed over where it is slower', async () => {
    const owner = createDeviceOwner({ recall: async () => undefined, remember: async () => {} });
    const webgpu = (await owner.available()).find(({ device }) => device === 'webgpu');
    expect(webgpu).toMatchObject({ available: true, description: expect.stringMatching(/^Graphics processor, by WebGPU \(.+\)$/) });
    const choice = await owner.choose(perceptron(256, [512], 4), 64, 'auto');
    expect(choice.trials.map(({ device }) => device)).toEqual(['wasm', 'webgpu', 'webgl', 'cpu']);
    expect(choice.trials[1].problem ?? choice.trials[1].milliseconds).toBeDefined();
    const asked = await owner.choose(perceptron(4, [4], 2), 8, 'webgpu');
    expect(asked).toMatchObject({ device: 'webgpu', trials: [{ milliseconds: expect.any(Number) }] });
    owner.dispose();
  });

  it('is alive at once with cpu and wasm, and their curves agree', async () => {
    const model = perceptron(6, [8], 3);
    const batch = batchFor(model, 12);
    const engines = await Promise.all([openTfjsEngine('webgpu'), openTfjsEngine('cpu'), openWasmEngine()]);
    const networks = await Promise.all(engines.map((engine) => engine.prepare(model, { batchSize: 12, seed: 1, optimizer: adam })));
    for (const network of networks) network.setWeights(weightsFor(model));
    for (let step = 0; step < 2; step++) {
      for (const network of networks) network.step(batch.inputs, batch.targets, 12, 0.02);
    }
    const [webgpu, cpu, wasm] = await Promise.all(networks.map((network) => network.losses()));
    expect(largestDifference(webgpu, wasm)).toBeLessThan(1e-5);
    expect(largestDifference(cpu, wasm)).toBeLessThan(1e-5);
    for (const network of networks) network.dispose();
    for (const engine of engines) {
      expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
      engine.dispose();
    }
  });

  it('says that it is lost, and never answers with zeros afterwards', async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const device = await (adapter as GPUAdapter).requestDevice();
    const engine = await openWebgpu(device);
    const model = perceptron(3, [4], 2);
    const batch = batchFor(model, 2);
    const network = await engine.prepare(model, { batchSize: 2, seed: 1, optimizer: adam });
    network.setWeights(weightsFor(model));
    network.step(batch.inputs, batch.targets, 2, 0.01);
    device.destroy();
    await expect(network.losses()).rejects.toMatchObject({ name: 'DeviceError', code: 'device-lost' });
    expect(await engine.lost).toBeTypeOf('string');
    await expect(network.forward(batch.inputs, 2)).rejects.toMatchObject({ code: 'device-lost' });
    await expect(network.weights()).rejects.toMatchObject({ code: 'device-lost' });
    expect(() => network.step(batch.inputs, batch.targets, 2, 0.01)).toThrow(expect.objectContaining({ code: 'device-lost' }));
    await expect(engine.prepare(model, { batchSize: 2, seed: 1 })).rejects.toMatchObject({ code: 'device-lost' });
    before = engine;
  });

  it('opens again after a loss, and the networks of before can still be disposed of', async () => {
    const engine = await openTfjsEngine('webgpu');
    before.dispose();
    expect(before.counters()).toEqual({ tensors: 0, bytes: 0 });
    const model = perceptron(3, [4], 2);
    const batch = batchFor(model, 2);
    const network = await engine.prepare(model, { batchSize: 2, seed: 1 });
    network.setWeights(weightsFor(model));
    const answers = await network.forward(batch.inputs, 2);
    expect(answers[0] + answers[1]).toBeCloseTo(1, 5);
    network.dispose();
    engine.dispose();
  });

  it('refuses a network whose buffers are larger than the adapter binds', async () => {
    const engine = await openTfjsEngine('webgpu');
    const tooWide = perceptron(1 << 20, [1 << 12], 2);
    await expect(engine.prepare(tooWide, { batchSize: 1, seed: 1 })).rejects.toMatchObject({ code: 'device-memory' });
    engine.dispose();
  });
});
