/** The kept models of other programs over a store, and ours by tensors. Those that were used last stay open. */
import { throwIfAborted } from '../../base/abort.js';
import { timestamp } from '../../base/clock.js';
import type { TensorModelRecord, TensorSpec } from '../../spec/tensor-model.js';
import { restoreRecord, updateRecord } from '../../storage/update.js';
import { checkedName } from '../model-name.js';
import { checkUndeployed } from '../undeployed.js';
import { unknownModel } from '../unknown-model.js';
import { checkTensors } from './check.js';
import type { TensorAnswer, TensorModels, TensorRunOptions } from './models.js';
import type { TensorParts } from './open.js';
import { OpenModels, type OpenPredictor } from './open-models.js';
import { tensorModelRecord, thereIs } from './record.js';
import type { NamedTensor } from './tensor.js';

export const createTensorModels = (parts: TensorParts): TensorModels & { dispose(): Promise<void> } => new StoredTensorModels(parts);

class StoredTensorModels implements TensorModels {
  readonly #parts: TensorParts;
  readonly #open = new OpenModels();

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
    return this.#open.use({ id, provider, open: () => this.#opened(id, provider), signal }, async ({ predictor, choice }) => ({
      outputs: await predictor.run(tensors, { signal }),
      ...choice,
    }));
  }

  async rename(id: string, name: string): Promise<TensorModelRecord> {
    const checked = checkedName(name, id);
    return await updateRecord(this.#parts.store, 'tensor-model', id, (record) => ({ ...thereIs(id, record), name: checked }));
  }

  async remove(id: string): Promise<void> {
    await checkUndeployed(this.#parts.store, await this.get(id));
    await updateRecord(this.#parts.store, 'tensor-model', id, (record) => ({ ...thereIs(id, record), deleted: timestamp() }));
    this.#open.close(id);
  }

  async restore(id: string): Promise<void> {
    await restoreRecord(this.#parts.store, 'tensor-model', id, unknownModel);
  }

  dispose(): Promise<void> {
    return this.#open.dispose();
  }

  /** What opens a model is loaded when one is used. */
  async #opened(id: string, provider: TensorRunOptions['provider']): Promise<OpenPredictor> {
    const isOwn = (await this.#parts.store.get('model', id)) !== undefined;
    return isOwn
      ? (await import('./rows.js')).openRows(this.#parts, id)
      : (await import('./open.js')).openTensorModel(this.#parts, id, provider);
  }
}
