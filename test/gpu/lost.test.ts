/** A graphics processor that fails under a training: it goes on, with the figures of one that was never disturbed. */
import { afterEach, expect, it } from 'vitest';
import { Random } from '../../src/base/random.js';
import type { DeviceOwner } from '../../src/compute/devices.js';
import { createDeviceOwner } from '../../src/compute/owner.js';
import { openWebgpu } from '../../src/compute/tfjs/engine.js';
import { openWasmEngine } from '../../src/compute/wasm/engine.js';
import type { Incident } from '../../src/spec/incident.js';
import { rowsInMemory } from '../../src/train/batches.js';
import { type Candidate, type CandidateEvent, trainCandidate } from '../../src/train/candidate.js';
import type { Recipe } from '../../src/train/recipe.js';
import { TrainingDevice } from '../../src/train/training-device.js';
import { largestDifference, perceptron } from '../contract/engine/conformance.js';

const random = new Random(3, 'rows');
function part(rows: number) {
  const values = Float32Array.from({ length: rows * 4 }, () => random.normal());
  const targets = Float32Array.from({ length: rows }, (_, row) => (values[4 * row] > 0 ? 1 : 0));
  const copy = (row: number, target: Float32Array, offset: number) => target.set(values.subarray(4 * row, 4 * row + 4), offset);
  return {
    examples: { rows, inputs: { rows, width: 4, copy }, targets },
    truth: { kind: 'classes' as const, actual: Int32Array.from(targets), classes: ['a', 'b'] },
  };
}
const [training, validation] = [part(24), part(8)];

const recipe: Recipe = {
  preset: 'custom',
  model: perceptron(4, [5], 2, 'tanh', 'softmaxCrossEntropy', 0.2),
  epochs: 4,
  batchSize: 8,
  learningRate: 0.05,
  schedule: 'cosine',
  weightDecay: 0.01,
  patience: 0,
};

let owner: DeviceOwner;
/** Every device that was opened, in order. */
let opened: GPUDevice[];
afterEach(() => owner.dispose());

function ownDevices(prepare: (device: GPUDevice) => void = () => {}): void {
  opened = [];
  owner = createDeviceOwner({
    recall: async () => undefined,
    remember: async () => {},
    async open(name) {
      if (name === 'wasm') return openWasmEngine();
      const adapter = (await navigator.gpu.requestAdapter()) as GPUAdapter;
      const device = await adapter.requestDevice();
      prepare(device);
      opened.push(device);
      return openWebgpu(device);
    },
  });
}

async function train(device: TrainingDevice, each: (event: CandidateEvent) => void = () => {}) {
  const incidents: Incident[] = [];
  const work = trainCandidate({ device, recipe, seed: 5, training: rowsInMemory(training.examples), validation });
  for (;;) {
    const { done, value } = await work.next();
    if (done) return { candidate: value, incidents };
    each(value);
    if (value.kind === 'incident') incidents.push(value.incident);
  }
}

const undisturbed = async (): Promise<Candidate> => (await train(new TrainingDevice(await openWasmEngine()))).candidate;

function expectSame({ state }: Candidate, expected: Candidate): void {
  expect(state.steps).toBe(expected.state.steps);
  expect(state.curve.map(({ epoch }) => epoch)).toEqual(expected.state.curve.map(({ epoch }) => epoch));
  for (const loss of ['trainingLoss', 'validationLoss'] as const) {
    for (const [epoch, point] of state.curve.entries()) expect(point[loss] / expected.state.curve[epoch][loss]).toBeCloseTo(1, 5);
  }
  expect(largestDifference(state.best.weights, expected.state.best.weights)).toBeLessThan(1e-5);
}

it('is opened again after a loss; lost twice, the training goes on on wasm, each time from its last whole state', async () => {
  ownDevices();
  const device = new TrainingDevice(await owner.engine('webgpu'), owner);
  let losses = 0;
  const { candidate, incidents } = await train(device, (event) => {
    const due = event.kind === 'epoch' && event.point.epoch === losses + 1 && losses < 2;
    if (!due) return;
    opened[losses].destroy();
    losses++;
  });
  expect(opened).toHaveLength(2);
  expect(incidents.map(({ code, remedy }) => [code, remedy])).toEqual([
    ['device-lost', expect.stringMatching(/^The device was opened again\. It (went on from step \d+|began anew) on webgpu\.$/)],
    [
      'device-lost',
      expect.stringMatching(/^The device was lost twice and is not used any more\. It (went on from step \d+|began anew) on wasm\.$/),
    ],
  ]);
  expect(candidate.device.engine.device).toBe('wasm');
  expectSame(candidate, await undisturbed());
  expect(await owner.counters()).toEqual({ tensors: 0, bytes: 0 });
});

it('computes batches in parts when it runs out of memory, and the figures stay', async () => {
  ownDevices();
  const device = new TrainingDevice(await owner.engine('webgpu'), owner);
  const { candidate, incidents } = await train(device, (event) => {
    if (event.kind !== 'epoch' || event.point.epoch !== 1 || opened.length > 1) return;
    const error = new GPUOutOfMemoryError('Not enough memory left.');
    opened[0].dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
  });
  expect(incidents).toMatchObject([{ code: 'device-memory', remedy: expect.stringMatching(/^Batches are computed 4 rows at a time/) }]);
  expect([device.engine.device, device.microBatch]).toEqual(['webgpu', 4]);
  expectSame(candidate, await undisturbed());
});

it('is left for wasm when its limits are too small even for one row', async () => {
  // Real adapters offer no less than the specification asks for.
  ownDevices((device) => Object.defineProperty(device, 'limits', { value: limited(device.limits, 64) }));
  const device = new TrainingDevice(await owner.engine('webgpu'), owner);
  const { candidate, incidents } = await train(device);
  expect(incidents.map(({ remedy }) => remedy.split(';')[0])).toEqual([
    'Batches are computed 4 rows at a time',
    'Batches are computed 2 rows at a time',
    'Batches are computed 1 rows at a time',
    'The device has too little memory for this network. It began anew on wasm.',
  ]);
  expectSame(candidate, await undisturbed());
});

const limited = (limits: GPUSupportedLimits, bytes: number): GPUSupportedLimits =>
  new Proxy(limits, {
    get: (target, name) => (name === 'maxBufferSize' ? bytes : target[name as keyof GPUSupportedLimits]),
  });

it('is lost, and not believed, when it reads zeros', async () => {
  ownDevices();
  const device = new TrainingDevice(await owner.engine('webgpu'), owner);
  const { getMappedRange } = GPUBuffer.prototype;
  const { candidate, incidents } = await train(device, (event) => {
    if (event.kind !== 'epoch' || event.point.epoch !== 1 || opened.length > 1) return;
    GPUBuffer.prototype.getMappedRange = function (...given) {
      const range = getMappedRange.apply(this, given);
      if (!(this.usage & GPUBufferUsage.MAP_READ)) return range;
      GPUBuffer.prototype.getMappedRange = getMappedRange;
      return new ArrayBuffer(range.byteLength);
    };
  });
  expect(incidents).toMatchObject([{ code: 'device-lost', message: expect.stringContaining('numbers that it was not given') }]);
  expectSame(candidate, await undisturbed());
});
