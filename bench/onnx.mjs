/**
 * What our predictor costs over a bare session of onnxruntime-web: the CNN of Fashion-MNIST as an ONNX file, at batch 32. Both run in one worker, in
 * turns, on the same runtime.
 */

import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { withSources } from './sources.mjs';

export const name = 'onnx';
export const compares =
  'the predictor over a bare session, the CNN of Fashion-MNIST at batch 32, in a worker, in turns, median; at most 5 % more';

const batch = 32;
const turns = 400;
const warmUp = 20;
const most = 0.05;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export function run() {
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
    const ways = {
      bare: () => session.run({ [input]: new Tensor(type, data, extents) }),
      predictor: () => predictor.run([{ name: input, type, shape: extents, data }]),
    };
    const times = { bare: [], predictor: [] };
    for (let turn = 0; turn < turns + warmUp; turn++) {
      // Each goes first every other time.
      for (const way of turn % 2 ? ['bare', 'predictor'] : ['predictor', 'bare']) {
        const before = performance.now();
        await ways[way]();
        if (turn >= warmUp) times[way].push(performance.now() - before);
      }
    }
    const [bare, ours] = [median(times.bare), median(times.predictor)];
    return [
      {
        what: `CNN of Fashion-MNIST, batch ${batch}, ${turns} turns`,
        holds: ours / bare - 1 <= most,
        figures: {
          'bare session': { value: bare, unit: 'ms' },
          predictor: { value: ours, unit: 'ms' },
          overhead: { value: 100 * (ours / bare - 1), unit: '%' },
        },
      },
    ];
  });
}

if (!isMainThread && parentPort) parentPort.postMessage(await measured());
