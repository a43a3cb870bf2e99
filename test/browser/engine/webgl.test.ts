/** The engine's contract on webgl, small: software compiles a shader for tens of milliseconds. */
import { describe, expect, it } from 'vitest';
import { createDeviceOwner } from '../../../src/compute/owner.js';
import { openTfjsEngine, openWebgl } from '../../../src/compute/tfjs/engine.js';
import { createContext } from '../../../src/compute/tfjs/webgl-device.js';
import { adam, batchFor, conformance, perceptron, weightsFor } from '../../contract/engine/conformance.js';
import { agreesWithWasm, computesInParts } from '../../contract/engine/every-layer.js';
import { trainsAndPredictsAsWasmDoes } from './trains-as-wasm.js';

conformance('webgl in Chromium', () => openTfjsEngine('webgl'), {
  widths: [1, 5],
  activations: ['relu', 'sigmoid', 'gelu'],
  steps: 2,
});

const model = perceptron(3, [4], 2);
const batch = batchFor(model, 2);

describe('webgl beside other devices', () => {
  agreesWithWasm(() => openTfjsEngine('webgl'));
  computesInParts(() => openTfjsEngine('webgl'));

  it('is described by its renderer, and verified when asked for', async () => {
    const owner = createDeviceOwner({ recall: async () => undefined, remember: async () => {} });
    const webgl = (await owner.available()).find(({ device }) => device === 'webgl');
    expect(webgl).toMatchObject({ available: true, description: expect.stringMatching(/^Graphics processor, by WebGL \(.+\)$/) });
    const asked = await owner.choose(model, 2, 'webgl');
    expect(asked).toMatchObject({ device: 'webgl', trials: [{ milliseconds: expect.any(Number) }] });
    expect(await owner.counters()).toEqual({ tensors: 0, bytes: 0 });
    owner.dispose();
  });

  it('says that it is lost, and never answers with zeros afterwards', async () => {
    const context = createContext();
    const engine = await openWebgl(context);
    const network = await engine.prepare(model, { batchSize: 2, seed: 1, optimizer: adam });
    network.setWeights(weightsFor(model));
    network.step(batch.inputs, batch.targets, 2, 0.01);
    context.getExtension('WEBGL_lose_context')?.loseContext();
    await expect(network.losses()).rejects.toMatchObject({ name: 'DeviceError', code: 'device-lost' });
    expect(await engine.lost).toMatch(/^The graphics processor was lost/);
    await expect(network.forward(batch.inputs, 2)).rejects.toMatchObject({ code: 'device-lost' });
    await expect(network.weights()).rejects.toMatchObject({ code: 'device-lost' });
    expect(() => network.step(batch.inputs, batch.targets, 2, 0.01)).toThrow(expect.objectContaining({ code: 'device-lost' }));
    await expect(engine.prepare(model, { batchSize: 2, seed: 1 })).rejects.toMatchObject({ code: 'device-lost' });

    const again = await openTfjsEngine('webgl');
    engine.dispose();
    expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
    const answering = await again.prepare(model, { batchSize: 2, seed: 1 });
    answering.setWeights(weightsFor(model));
    const answers = await answering.forward(batch.inputs, 2);
    expect(answers[0] + answers[1]).toBeCloseTo(1, 5);
    answering.dispose();
    again.dispose();
  });

  it('trains in the engine worker, and predicts as wasm does', () => trainsAndPredictsAsWasmDoes('webgl'), 60_000);

  it('refuses a network whose tensors are larger than a texture', async () => {
    const engine = await openTfjsEngine('webgl');
    const tooWide = perceptron(1 << 20, [1 << 12], 2);
    await expect(engine.prepare(tooWide, { batchSize: 1, seed: 1 })).rejects.toMatchObject({ code: 'device-memory' });
    engine.dispose();
  });
});
