/**
 * What our predictor costs over a bare session of onnxruntime-web: the CNN of Fashion-MNIST as an ONNX file, at batch 32. Both run in one worker, in
 * turns, on the same runtime; and so does a call of the library, whose session has a thread of its own.
 */

import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { ensureNodeBuild } from '../scripts/build.mjs';
import { withSources } from './sources.mjs';

export const name = 'onnx';
export const compares =
  'the predictor over a bare session, the CNN of Fashion-MNIST at batch 32, in a worker, in turns, median; at most 5 % more. Beside it the library, across threads';

const batch = 32;
const turns = 400;
const warmUp = 20;
const most = 0.05;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export async function run() {
  await ensureNodeBuild();
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url));
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function exportedCnn(load) {
  const { createWorkbench } = await load('src/host/node/workbench.ts');
  const workbench = await createWorkbench({ device: 'wasm' });
  const drained = async (events) => {
    for (let next = await events.next(); ; next = await events.next()) if (next.done) return next.value;
  };
  const dataset = await drained(workbench.datasets.import({ kind: 'builtin', name: 'fashion-mnist' }));
  // What it has learnt does not change how long it takes.
  const run = await drained(workbench.trainer.train({ dataset: dataset.id, spec: { target: 'label', preset: 'cnn', epochs: 1, seed: 1 } }));
  const { files } = await workbench.models.export(run.modelId, 'onnx');
  await workbench.close();
  return files[0].bytes;
}

async function measured() {
  return await withSources(async (load) => {
    const bytes = await exportedCnn(load);
    const { loadOnnxRuntime } = await load('src/host/node/onnx/runtime.ts');
    const { inspectOnnx } = await load('src/infer/onnx/inspect.ts');
    const { openSession } = await load('src/infer/onnx/session.ts');
    const { Random } = await load('src/base/random.ts');
    const model = inspectOnnx(bytes);
    const predictor = await openSession(bytes, model, 'wasm', loadOnnxRuntime);
    const { InferenceSession, Tensor } = await loadOnnxRuntime('wasm');
    const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'], logSeverityLevel: 4 });
    const [{ name: input, type, shape }] = model.inputs;
    const extents = shape.map((extent) => (typeof extent === 'number' ? extent : batch));
    const random = new Random(1, 'pixels');
    const data = Uint8Array.from({ length: extents.reduce((product, extent) => product * extent, 1) }, () => random.integer(256));
    // Built: the sources have no script for a thread.
    const { createWorkbench } = await import('../dist/node/index.js');
    const workbench = await createWorkbench({ storage: 'memory' });
    const { id } = await workbench.models.import(bytes);
    const tensors = [{ name: input, type, shape: extents, data }];
    const ways = {
      bare: () => session.run({ [input]: new Tensor(type, data, extents) }),
      predictor: () => predictor.run(tensors),
      library: () => workbench.tensorModels.run(id, tensors, { provider: 'wasm' }),
    };
    const times = { bare: [], predictor: [], library: [] };
    const names = Object.keys(ways);
    for (let turn = 0; turn < turns + warmUp; turn++) {
      // In every order as often as in the others: what ran before has the caches.
      const order = names.map((_, index) => names[(index + turn) % names.length]);
      for (const way of turn % 2 ? order.reverse() : order) {
        const before = performance.now();
        await ways[way]();
        if (turn >= warmUp) times[way].push(performance.now() - before);
      }
    }
    await workbench.close();
    const [bare, ours, library] = [median(times.bare), median(times.predictor), median(times.library)];
    return [
      {
        what: `CNN of Fashion-MNIST, batch ${batch}, ${turns} turns`,
        holds: ours / bare - 1 <= most,
        figures: {
          'bare session': { value: bare, unit: 'ms' },
          predictor: { value: ours, unit: 'ms' },
          overhead: { value: 100 * (ours / bare - 1), unit: '%' },
          'library, in its own thread': { value: library, unit: 'ms' },
          'its overhead': { value: 100 * (library / bare - 1), unit: '%' },
        },
      },
    ];
  });
}

if (!isMainThread && parentPort) parentPort.postMessage(await measured());
