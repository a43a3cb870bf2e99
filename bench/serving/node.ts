/** Penguins served in this process, with batches and without: what `benchwright serve` answers with, less the sockets. */
import { createDeviceOwner } from '../../src/compute/owner.js';
import { createDatasets } from '../../src/data/catalogue.js';
import { readBuiltin } from '../../src/host/node/builtin.js';
import { loadDecoder } from '../../src/host/node/decoder.js';
import { createModels } from '../../src/infer/create.js';
import { usualBatches } from '../../src/serve/batcher.js';
import { usualLimits } from '../../src/serve/limits.js';
import { Metrics } from '../../src/serve/metrics.js';
import { Registry } from '../../src/serve/registry.js';
import { createRouter } from '../../src/serve/router.js';
import { createMemoryStore } from '../../src/storage/memory.js';
import { createTrainer } from '../../src/train/create.js';

async function resultOf<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}

/** @param row what every request asks about */
export async function openServed(row: object) {
  const store = createMemoryStore();
  const devices = createDeviceOwner({ recall: async () => undefined, remember: async () => undefined });
  const dataset = await resultOf(createDatasets({ store, readBuiltin, loadDecoder }).import({ kind: 'builtin', name: 'penguins' }));
  const trainer = createTrainer({ store, devices, readBuiltin, defaultDevice: 'wasm' });
  const { modelId = '' } = await resultOf(trainer.train({ dataset: dataset.id, spec: { target: 'species', seed: 1 } }));
  const record = await createModels({ store, devices, readBuiltin, loadDecoder }).get(modelId);
  const registry = new Registry();
  for (const [name, size] of [
    ['batched', usualBatches.size],
    ['alone', 1],
  ] as const) {
    registry.add(name, 1, record, { store, devices, limits: usualLimits, batches: { ...usualBatches, size } });
    await registry.load(name, 1);
  }
  const handle = createRouter({ registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, management: false });
  const body = JSON.stringify({ instances: [row] });
  return {
    /** Milliseconds of each of `count` requests, with so many callers at once. */
    async ask(count: number, width: number, batched: boolean): Promise<{ took: number[]; seconds: number }> {
      const took: number[] = [];
      const one = async (): Promise<void> => {
        while (took.length < count) {
          const started = performance.now();
          const at = took.push(0) - 1;
          const request = new Request(`http://localhost/v1/models/${batched ? 'batched' : 'alone'}:predict`, { method: 'POST', body });
          const response = await handle(request);
          if (response.status !== 200) throw new Error(await response.text());
          await response.text();
          took[at] = performance.now() - started;
        }
      };
      const started = performance.now();
      await Promise.all(Array.from({ length: width }, one));
      return { took, seconds: (performance.now() - started) / 1000 };
    },
    async close(): Promise<void> {
      await registry.close();
      devices.dispose();
      await store.close();
    },
  };
}
