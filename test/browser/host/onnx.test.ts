/** A model of another program in a worker of its own: it may take as long as it likes, is called off in the middle, and comes back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { yieldToEventLoop } from '../../../src/base/abort.js';
import { newIdentifier } from '../../../src/base/identifier.js';
import { openInWorker } from '../../../src/host/browser/onnx/in-worker.js';
import { createWorkbench } from '../../../src/host/browser/workbench.js';
import type { Workbench } from '../../../src/host/workbench.js';
import { inspectOnnx } from '../../../src/infer/onnx/inspect.js';
import type { TensorPredictor } from '../../../src/infer/tensors/predictor.js';
import type { NamedTensor } from '../../../src/infer/tensors/tensor.js';
import { counting, graph, model, node, small, value } from '../../unit/infer/onnx/build.js';

const endless = 2n ** 62n;
const counted = (times: bigint): NamedTensor[] => [
  { name: 'n', type: 'int64', shape: [], data: BigInt64Array.of(times) },
  { name: 'x', type: 'float32', shape: [1], data: Float32Array.of(0.5) },
];
const answered = (times: number) => [{ name: 'y', type: 'float32', shape: [1], data: Float32Array.of(times + 0.5) }];

describe('opened by itself', () => {
  const { Worker } = globalThis;
  let spawned: Worker[];
  const open: TensorPredictor[] = [];
  async function opened(bytes: Uint8Array): Promise<TensorPredictor> {
    const predictor = await openInWorker({ model: inspectOnnx(bytes), read: async () => bytes }, 'wasm');
    open.push(predictor);
    return predictor;
  }
  beforeEach(() => {
    spawned = [];
    globalThis.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        spawned.push(this);
      }
    };
  });
  afterEach(async () => {
    globalThis.Worker = Worker;
    await Promise.all(open.splice(0).map((predictor) => predictor.dispose()));
  });

  test('it answers as it does in the thread that asks, and what was given stays with who gave it', async () => {
    const predictor = await opened(small());
    const given = { name: 'x', type: 'float32', shape: [2, 2], data: Float32Array.of(1, -1, 2, 3) } as const;
    expect(await predictor.run([given])).toEqual([
      { name: 'y', type: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 14, 19, 24) },
    ]);
    expect(given.data).toEqual(Float32Array.of(1, -1, 2, 3));
  });

  test('what cannot be run names the operator, as it does there', async () => {
    const odd = model(graph({ nodes: [node('Nonsense', ['x'], ['y'])], inputs: [value('x', 1, ['n'])] }));
    await expect(opened(odd)).rejects.toMatchObject({ name: 'InputError', code: 'unsupported-operator', place: { operator: 'Nonsense' } });
  });

  test('a run without end is called off at once, and what was asked after it is answered', async () => {
    const predictor = await opened(counting());
    const stopping = new AbortController();
    const called = predictor.run(counted(endless), { signal: stopping.signal });
    const after = predictor.run(counted(3n));
    await yieldToEventLoop();
    stopping.abort();
    await expect(called).rejects.toMatchObject({ name: 'AbortError' });
    expect(await after).toEqual(answered(3));
    expect(spawned).toHaveLength(2);
  });

  test('a run that comes to its end soon is not worth a new worker', async () => {
    const predictor = await opened(counting());
    const stopping = new AbortController();
    const called = predictor.run(counted(10n), { signal: stopping.signal });
    await yieldToEventLoop();
    stopping.abort();
    await expect(called).rejects.toMatchObject({ name: 'AbortError' });
    expect(await predictor.run(counted(4n))).toEqual(answered(4));
    expect(spawned).toHaveLength(1);
  });

  test('when its worker ends, who waits is told, and the next one is answered', async () => {
    const predictor = await opened(counting());
    const waiting = predictor.run(counted(endless));
    spawned[0].terminate();
    await expect(waiting).rejects.toMatchObject({ name: 'WorkerError', code: 'worker-died' });
    expect(await predictor.run(counted(5n))).toEqual(answered(5));
  });

  test('when its worker ends while nobody waits, it is opened again', async () => {
    const predictor = await opened(counting());
    spawned[0].terminate();
    // It held one as long as it lived; then whoever waits for its end has it for a moment.
    const locks = async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return [...held, ...pending].filter(({ name }) => name?.startsWith('benchwright-worker-')).length;
    };
    await expect.poll(locks, { timeout: 20_000 }).toBe(0);
    expect(await predictor.run(counted(6n))).toEqual(answered(6));
    expect(spawned).toHaveLength(2);
  });

  test('closed, it answers no more', async () => {
    const predictor = await opened(small());
    await predictor.dispose();
    const given = { name: 'x', type: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) } as const;
    await expect(predictor.run([given])).rejects.toMatchObject({ code: 'model-closed' });
  });
});

describe('kept by a workbench', () => {
  let path: string;
  let workbench: Workbench;
  beforeEach(async () => {
    path = `test-${newIdentifier()}`;
    workbench = await createWorkbench({ path });
  });
  afterEach(async () => {
    await workbench.close();
    indexedDB.deleteDatabase(path);
  });

  test('nothing else waits for it while it computes', async () => {
    const kept = await workbench.models.import(counting());
    const stopping = new AbortController();
    const running = workbench.tensorModels.run(kept.id, counted(endless), { signal: stopping.signal });
    expect((await workbench.tensorModels.run(kept.id, counted(2n), { provider: 'wasm' })).outputs).toEqual(answered(2));
    stopping.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect((await workbench.tensorModels.run(kept.id, counted(3n))).outputs).toEqual(answered(3));
  });
});
