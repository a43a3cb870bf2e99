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

/** As the models "batched" and "alone". */
export async function openServed() {
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
  return {
    /** @param path without the first "/" */
    answer: (path: string, init: RequestInit): Promise<Response> => handle(new Request(`http://localhost/${path}`, init)),
    async close(): Promise<void> {
      await registry.close();
      devices.dispose();
      await store.close();
    },
  };
}
