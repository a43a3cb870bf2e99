/** The kept models of other programs over a store. Those that were used last stay open. */
import { throwIfAborted, untilAborted } from '../../base/abort.js';
import { timestamp } from '../../base/clock.js';
import type { TensorModelRecord, TensorSpec } from '../../spec/tensor-model.js';
import { updateRecord } from '../../storage/update.js';
import { checkedName } from '../model-name.js';
import { openPredictor } from '../predictor.js';
import { checkUndeployed } from '../undeployed.js';
import { unknownModel } from '../unknown-model.js';
import { checkTensors } from './check.js';
import type { TensorAnswer, TensorModels, TensorRunOptions } from './models.js';
import type { OpenTensorModel, TensorParts } from './open.js';
import { tensorModelRecord, thereIs } from './record.js';
import type { NamedTensor } from './tensor.js';

export const createTensorModels = (parts: TensorParts): TensorModels & { dispose(): Promise<void> } => new StoredTensorModels(parts);

/** Each holds its file's numbers a second time, in the runtime. */
const mostOpen = 2;

interface Open {
  model: Promise<OpenTensorModel>;
  users: number;
}

class StoredTensorModels implements TensorModels {
  readonly #parts: TensorParts;
  /** By model and provider, the least recently used first. */
  readonly #open = new Map<string, Open>();

  constructor(parts: TensorParts) {
    this.#parts = parts;
  }

  async list(): Promise<TensorModelRecord[]> {
    const models = await this.#parts.store.list('tensor-model');
    return models.filter(({ deleted }) => deleted === undefined).reverse();
  }

  get(id: string): Promise<TensorModelRecord> {
    return tensorModelRecord(this.#parts.store, id);
  }

  async describe(id: string): Promise<{ inputs: TensorSpec[]; outputs: TensorSpec[] }> {
    const own = await this.#parts.store.get('model', id);
    if (own && own.deleted === undefined) return (await import('./rows.js')).rowTensors(own);
    const { inputs, outputs } = await this.get(id);
    return { inputs, outputs };
  }

  async run(id: string, tensors: readonly NamedTensor[], { signal, provider }: TensorRunOptions = {}): Promise<TensorAnswer> {
    throwIfAborted(signal);
    // Before megabytes are loaded.
    checkTensors((await this.describe(id)).inputs, tensors);
    if (await this.#parts.store.get('model', id)) return this.#runOwn(id, tensors, signal);
    const key = `${id}/${provider ?? 'auto'}`;
    const open = this.#open.get(key) ?? { model: this.#opened(id, provider), users: 0 };
    this.#open.delete(key);
    this.#open.set(key, open);
    open.users += 1;
    try {
      const { predictor, choice } = await untilAborted(signal, open.model);
      return { outputs: await predictor.run(tensors, { signal }), ...choice };
    } catch (thrown) {
      await open.model.catch(() => this.#open.delete(key));
      throw thrown;
    } finally {
      open.users -= 1;
      this.#close(mostOpen);
    }
  }

  async #runOwn(id: string, tensors: readonly NamedTensor[], signal: AbortSignal | undefined): Promise<TensorAnswer> {
    const { RowsPredictor } = await import('./rows.js');
    const predictor = new RowsPredictor(await openPredictor(this.#parts, id));
    try {
      return { outputs: await predictor.run(tensors, { signal }), provider: 'wasm', reason: 'A model of ours, by our own kernels.' };
    } finally {
      await predictor.dispose();
    }
  }

  async rename(id: string, name: string): Promise<TensorModelRecord> {
    const checked = checkedName(name, id);
    return await updateRecord(this.#parts.store, 'tensor-model', id, (record) => ({ ...thereIs(id, record), name: checked }));
  }

  async remove(id: string): Promise<void> {
    await checkUndeployed(this.#parts.store, await this.get(id));
    await updateRecord(this.#parts.store, 'tensor-model', id, (record) => ({ ...thereIs(id, record), deleted: timestamp() }));
  }

  async restore(id: string): Promise<void> {
    await updateRecord(this.#parts.store, 'tensor-model', id, (record) => {
      if (!record) throw unknownModel(id);
      const { deleted: _, ...restored } = record;
      return restored;
    });
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#close(0));
  }

  /** What opens a file is loaded when one is used. */
  async #opened(id: string, provider: TensorRunOptions['provider']): Promise<OpenTensorModel> {
    const { openTensorModel } = await import('./open.js');
    return openTensorModel(this.#parts, id, provider);
  }

  /** What is in use stays. */
  #close(kept: number): Promise<void>[] {
    const idle = [...this.#open].filter(([, { users }]) => users === 0);
    return idle.slice(0, Math.max(0, this.#open.size - kept)).map(async ([key, { model }]) => {
      this.#open.delete(key);
      await model.then(({ predictor }) => predictor.dispose()).catch(() => undefined);
    });
  }
}
