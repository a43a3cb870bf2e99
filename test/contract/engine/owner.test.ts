import { describe, expect, it } from 'vitest';
import { measureDevices } from '../../../src/compute/choose.js';
import type { DeviceOwner } from '../../../src/compute/devices.js';
import type { Engine, Network } from '../../../src/compute/engine.js';
import { createDeviceOwner } from '../../../src/compute/owner.js';
import { openTfjsEngine } from '../../../src/compute/tfjs/engine.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import type { DeviceName } from '../../../src/spec/device-name.js';
import { adam, batchFor, perceptron, weightsFor } from './conformance.js';
import { pictures, words } from './every-layer.js';

const model = perceptron(4, [8], 3);

function ownerWith(kept = new Map<string, unknown>(), open?: (device: DeviceName) => Promise<Engine>): DeviceOwner {
  return createDeviceOwner({
    recall: async (key) => kept.get(key),
    remember: async (key, value) => void kept.set(key, structuredClone(value)),
    ...(open ? { open } : {}),
  });
}

/** A real engine with one fault: no hardware fails on demand. */
async function faulty(fault: { network?: (network: Network) => Partial<Network>; lost?: Promise<string> }): Promise<Engine> {
  const engine = await openWasmEngine();
  const spoil = (network: Network): Network =>
    new Proxy(network, {
      get: (target, name) => bound(fault.network?.(network)?.[name as keyof Network] ?? target[name as keyof Network], target),
    });
  return new Proxy(engine, {
    get: (target, name) => {
      if (name === 'prepare') return async (...given: Parameters<Engine['prepare']>) => spoil(await target.prepare(...given));
      if (name === 'lost' && fault.lost) return fault.lost;
      return bound(target[name as keyof Engine], target);
    },
  });
}

const bound = (value: unknown, target: object): unknown => (typeof value === 'function' ? value.bind(target) : value);

/** Opens wasm with the fault, and the real cpu. */
const wasmWith = (fault: Parameters<typeof faulty>[0]) => (device: DeviceName) =>
  device === 'wasm' ? faulty(fault) : openTfjsEngine('cpu');

describe('the owner of the devices', () => {
  it('says which devices there are, and in words why one is not', async () => {
    const owner = ownerWith();
    const devices = Object.fromEntries(
      (await owner.available()).map(({ device, available, description }) => [device, { available, description }]),
    );
    expect(devices.wasm).toEqual({ available: true, description: expect.stringContaining('SIMD') });
    expect(devices.cpu.available).toBe(true);
    expect(devices.webgpu).toEqual({ available: false, description: expect.stringContaining('WebGPU is not there') });
    expect(devices.webgl).toEqual({ available: false, description: expect.stringContaining('WebGL is not there') });
    owner.dispose();
  });

  it('measures the model once, remembers it for its shape, and leaves nothing alive', async () => {
    const kept = new Map<string, unknown>();
    const owner = ownerWith(kept);
    const first = await owner.choose(model, 32, 'auto');
    expect(first).toMatchObject({
      device: 'wasm',
      remembered: false,
      reason: expect.stringMatching(/^Measured with this model: wasm [\d.]+ ms a step\.$/),
    });
    expect(first.trials.map(({ device }) => device)).toEqual(['wasm', 'webgpu', 'webgl', 'cpu']);
    expect(first.trials[0].milliseconds).toBeGreaterThan(0);
    expect(first.trials[1].problem).toContain('WebGPU is not there');
    expect(first.trials[2].problem).toContain('WebGL is not there');
    expect(await owner.counters()).toEqual({ tensors: 0, bytes: 0 });
    owner.dispose();

    const later = ownerWith(kept);
    expect(await later.choose(model, 32, 'auto')).toEqual({ ...first, remembered: true });
    expect((await later.choose(perceptron(4, [9], 3), 32, 'auto')).remembered).toBe(false);
    expect(kept.size).toBe(2);
    later.dispose();
  });

  it('measures anew when what was remembered is not a choice', async () => {
    const kept = new Map<string, unknown>();
    await ownerWith(kept).choose(model, 32, 'auto');
    for (const key of kept.keys()) kept.set(key, { device: 'toaster' });
    expect(await ownerWith(kept).choose(model, 32, 'auto')).toMatchObject({ device: 'wasm', remembered: false });
  });

  it('uses the device that is asked for, verified', async () => {
    const owner = ownerWith();
    const choice = await owner.choose(model, 32, 'cpu');
    expect(choice).toMatchObject({ device: 'cpu', reason: 'Asked for by name.', trials: [{ device: 'cpu' }] });
    expect(await owner.counters()).toEqual({ tensors: 0, bytes: 0 });
    owner.dispose();
  });

  it.each(['wasm', 'cpu'] as const)('is judged rightly on %s, whatever the layers', async (device) => {
    const owner = ownerWith();
    for (const everything of [pictures, words]) {
      const choice = await owner.choose(everything, 8, device);
      expect(choice.trials[0].milliseconds).toBeGreaterThan(0);
    }
    owner.dispose();
  });

  it('names what there is when the device asked for is not', async () => {
    const owner = ownerWith();
    await expect(owner.choose(model, 32, 'webgpu')).rejects.toMatchObject({
      code: 'no-device',
      message: expect.stringMatching(/"webgpu" is not there.*There is: wasm, cpu\./),
    });
    owner.dispose();
  });

  it('opens a device once, and again after it was lost', async () => {
    let lose: (reason: string) => void = () => {};
    let opened = 0;
    const owner = ownerWith(new Map(), () => {
      opened++;
      return faulty({
        lost: new Promise((resolve) => {
          lose = resolve;
        }),
      });
    });
    const [first, second] = await Promise.all([owner.engine('wasm'), owner.engine('wasm')]);
    expect(second).toBe(first);
    lose('pulled out');
    await first.lost;
    await Promise.resolve();
    expect(await owner.engine('wasm')).not.toBe(first);
    expect(opened).toBe(2);
    owner.dispose();
    await expect(owner.engine('wasm')).rejects.toMatchObject({ code: 'no-device' });
  });

  it('counts what lives on its devices', async () => {
    const owner = ownerWith();
    const network = await (await owner.engine('wasm')).prepare(model, { batchSize: 8, seed: 1, optimizer: adam });
    expect((await owner.counters()).bytes).toBeGreaterThan(0);
    network.dispose();
    expect(await owner.counters()).toEqual({ tensors: 0, bytes: 0 });
    owner.dispose();
  });
});

describe('a candidate is passed over, and says why,', () => {
  const zeros = async (_: Float32Array, rows: number): Promise<Float32Array> => new Float32Array(rows * 3);

  it.each([
    ['answers with zeros', { network: () => ({ forward: zeros }) }, /gives wrong answers: output 0 is 0/],
    [
      'throws',
      {
        network: () => ({
          setWeights: () => {
            throw new Error('broken');
          },
        }),
      },
      /broken/,
    ],
    ['hangs', { network: () => ({ forward: () => new Promise<Float32Array>(() => {}) }) }, /took longer than/],
  ])('when it %s', async (_, fault, problem) => {
    const owner = ownerWith(new Map(), wasmWith(fault));
    const choice = await owner.choose(model, 32, 'auto');
    expect(choice.device).toBe('cpu');
    expect(choice.trials[0].problem).toMatch(problem);
    expect(await owner.counters()).toEqual({ tensors: 0, bytes: 0 });
    owner.dispose();
  });

  it('when it does not start, or hangs while starting; it gets another chance the next time', async () => {
    const kept = new Map<string, unknown>();
    const never = ownerWith(kept, (device) => (device === 'wasm' ? new Promise<Engine>(() => {}) : openTfjsEngine('cpu')));
    expect((await never.choose(model, 32, 'auto')).trials[0].problem).toMatch(/Starting wasm took longer/);
    expect(await ownerWith(kept).choose(model, 32, 'auto')).toMatchObject({ device: 'wasm', remembered: false });
    expect(await ownerWith(kept).choose(model, 32, 'auto')).toMatchObject({ device: 'wasm', remembered: true });
  });

  it('and when none is left, the error names them all', async () => {
    const owner = ownerWith(new Map(), async (device) => Promise.reject(new Error(`${device} is on fire`)));
    await expect(owner.choose(model, 32, 'auto')).rejects.toMatchObject({
      code: 'no-device',
      message: expect.stringMatching(/wasm is on fire.*cpu is on fire/),
    });
  });
});

describe('a graphics processor as a candidate', () => {
  // Node has none: the real cpu engine, or a spoilt one, stands in its place.
  const busy = perceptron(300, [256], 10);
  const measure = (open: Partial<Record<DeviceName, () => Promise<Engine>>>, measured = busy, webgl = 'webgl') => {
    const available = (['webgpu', 'webgl', 'wasm', 'cpu'] as const).map((device) => ({
      device,
      available: true,
      description: device === 'webgl' ? webgl : device,
    }));
    const broken = (device: DeviceName) => async () => Promise.reject(new Error(`${device} is broken`));
    return measureDevices(measured, 64, { available, open: (device) => (open[device] ?? broken(device))() });
  };
  const wasm = () => openWasmEngine();
  const cpu = () => openTfjsEngine('cpu');

  it('is not woken for a model that wasm steps through in no time', async () => {
    const { choice, settled } = await measure({ wasm }, model);
    expect(choice.trials[1].problem).toMatch(/^Not tried: a step takes wasm/);
    expect(choice.trials[2].problem).toMatch(/^Not tried: a step takes wasm/);
    expect(settled).toBe(true);
  });

  it('is measured for a larger one; the faster wins, and webgl is left alone', async () => {
    const { choice } = await measure({ wasm, webgpu: cpu });
    expect(choice.device).toBe('wasm');
    expect(choice.trials[1].milliseconds).toBeGreaterThan(0);
    expect(choice.trials[2].problem).toMatch(/^Not tried: webgpu reaches the same/);
    expect(choice.trials[3].problem).toMatch(/^Not tried/);
  });

  it('is tried by webgl where webgpu fails', async () => {
    const { choice } = await measure({ wasm, webgl: cpu });
    expect(choice.trials[1].problem).toBe('webgpu is broken');
    expect(choice.trials[2].milliseconds).toBeGreaterThan(0);
  });

  it('is not tried by webgl where there is none behind it', async () => {
    const { choice } = await measure({ wasm, webgl: cpu }, busy, 'Graphics processor, by WebGL (SwiftShader driver)');
    expect(choice.trials[2].problem).toMatch(/^Not tried: its graphics are computed by the processor/);
  });

  it('is found out when only its gradients are wrong', async () => {
    const spoilt = faulty({ network: (network) => ({ step: (inputs, targets, rows) => network.step(inputs, targets, rows, 0.05) }) });
    const { choice } = await measure({ wasm, webgpu: () => spoilt });
    expect(choice.device).toBe('wasm');
    expect(choice.trials[1].problem).toMatch(/wrong answers: the loss of step 2/);
  });

  it('costs less than a second, however slow it is', async () => {
    const silent = { network: () => ({ forward: () => new Promise<Float32Array>(() => {}) }) };
    const slow = (): Promise<Engine> => new Promise((resolve) => setTimeout(() => resolve(faulty(silent)), 300));
    const start = performance.now();
    const { choice, settled } = await measure({ wasm, webgpu: slow, webgl: slow });
    expect(performance.now() - start).toBeLessThan(1_500);
    expect(choice.trials[1].problem).toMatch(/^The first answer on wasm took longer than/);
    expect(choice.trials[2].problem).toBe('Not tried: no time was left for webgl.');
    expect(settled).toBe(false);
  });
});

it('devices agree on the curve of a larger network', async () => {
  const larger = perceptron(33, [24, 17], 10, 'relu', 'softmaxCrossEntropy', 0.1);
  const batch = batchFor(larger, 30);
  const engines = await Promise.all([openWasmEngine(), openTfjsEngine('cpu')]);
  const curves = await Promise.all(
    engines.map(async (engine) => {
      const network = await engine.prepare(larger, { batchSize: 30, seed: 4, optimizer: { ...adam, weightDecay: 0.01 } });
      network.setWeights(weightsFor(larger));
      for (let step = 0; step < 40; step++) network.step(batch.inputs, batch.targets, 30, 0.005);
      const losses = await network.losses();
      network.dispose();
      return losses;
    }),
  );
  expect(curves[0][39]).toBeLessThan(curves[0][0] / 2);
  expect(Math.max(...curves[0].map((loss, step) => Math.abs(loss - curves[1][step])))).toBeLessThan(5e-5);
});

describe('measuring a step', () => {
  it('times a whole batch on the device asked for, leaves nothing behind, and is called off between steps', async () => {
    const batches = new Set<number>();
    const counting = (network: Network): Partial<Network> => ({
      step: (inputs, targets, rows, learningRate) => {
        batches.add(rows);
        network.step(inputs, targets, rows, learningRate);
      },
    });
    const owner = ownerWith(undefined, () => faulty({ network: counting }));
    const timed = await owner.measure(model, 2048, 'wasm');
    expect(timed).toMatchObject({ device: 'wasm', milliseconds: expect.any(Number) });
    expect([...batches]).toEqual([2048]);
    const controller = new AbortController();
    const work = owner.measure(model, 2048, 'wasm', controller.signal);
    controller.abort();
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(await owner.counters()).toEqual({ tensors: 0, bytes: 0 });
    owner.dispose();
  });
});
