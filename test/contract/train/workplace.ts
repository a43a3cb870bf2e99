/** Everything that a training test needs, all of it the real part: a memory store, datasets, devices, trainer and models. */
import { expect, vi } from 'vitest';
import { createDeviceOwner } from '../../../src/compute/owner.js';
import { createDatasets } from '../../../src/data/catalogue.js';
import { encodeChunk } from '../../../src/data/chunks.js';
import type { Source } from '../../../src/data/source.js';
import { readTable, sliceChunk } from '../../../src/data/whole.js';
import { createEvaluator } from '../../../src/evaluate/create.js';
import { readBuiltin } from '../../../src/host/node/builtin.js';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { createModels } from '../../../src/infer/create.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { RunRecord } from '../../../src/spec/run.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { createTrainer } from '../../../src/train/create.js';
import { createSweeps } from '../../../src/train/sweeps/create.js';
import type { SweepEvent, SweepOutcome, SweepRequest } from '../../../src/train/sweeps/sweeps.js';
import type { TrainingEvent, TrainingRequest, TrainingSignals } from '../../../src/train/trainer.js';
import { png } from '../png.js';
import type { PictureInFolder } from '../stripes.js';

/** Whole trainings, also on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

export function workplace() {
  const store = createMemoryStore();
  const devices = createDeviceOwner({ recall: async () => undefined, remember: async () => undefined });
  const datasets = createDatasets({ store, readBuiltin, loadDecoder });
  const trainer = createTrainer({ store, devices, readBuiltin, defaultDevice: 'wasm' });
  const sweeps = createSweeps({ store, devices, readBuiltin, defaultDevice: 'wasm', trainer });
  const models = createModels({ store, devices, readBuiltin, loadDecoder });
  const evaluator = createEvaluator({ store, devices, readBuiltin, loadDecoder });
  const load = (source: Source): Promise<DatasetRecord> => resultOf(datasets.import(source));
  return {
    store,
    readBuiltin,
    datasets,
    devices,
    trainer,
    sweeps,
    models,
    evaluator,
    builtin: (name: string) => load({ kind: 'builtin', name }),
    table: (text: string, name = 'table.csv') => load({ kind: 'text', name, text }),
    pictures: (files: readonly PictureInFolder[]) => load(folderOf(files)),
    /** The same rows in many small chunks. */
    async inChunks(dataset: DatasetRecord, rows: number): Promise<DatasetRecord> {
      const table = await readTable(store, dataset);
      const chunks: DatasetRecord['chunks'] = [];
      for (let start = 0; start < table.rows; start += rows) {
        const end = Math.min(table.rows, start + rows);
        chunks.push({ ref: await store.putChunk(encodeChunk(sliceChunk(table, start, end))), rows: end - start });
      }
      const record = { ...dataset, id: `${dataset.id}-chunks`, chunks };
      await store.commit({ put: [record] });
      return record;
    },
    async train(dataset: DatasetRecord, spec: TrainingSpec, more: Partial<TrainingRequest> = {}, signals?: TrainingSignals) {
      const events: TrainingEvent[] = [];
      const run: RunRecord = await resultOf(trainer.train({ dataset: dataset.id, spec, ...more }, signals), (event) => events.push(event));
      return { run, events };
    },
    async sweep(request: SweepRequest, signals?: TrainingSignals) {
      const events: SweepEvent[] = [];
      const outcome: SweepOutcome = await resultOf(sweeps.run(request, signals), (event) => events.push(event));
      return { ...outcome, events };
    },
    /** Nothing is left alive on any device. */
    async expectTidy() {
      expect(await devices.counters()).toEqual({ tensors: 0, bytes: 0 });
    },
  };
}

/** The pictures as PNG files of a folder. */
export const folderOf = (files: readonly PictureInFolder[]): Source => ({
  kind: 'pictures',
  name: 'stripes',
  files: files.map(({ path, picture }) => ({ path, file: new Blob([png(picture)]) })),
});

export async function resultOf<Event, Result>(work: AsyncGenerator<Event, Result>, each?: (event: Event) => unknown): Promise<Result> {
  for (;;) {
    const { done, value } = await work.next();
    if (done) return value;
    await each?.(value);
  }
}

/** Waits for the error that some work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It succeeded.');
}
