/** Weights of the models used last, so that a form's next question reads nothing from the store. By content: never stale. */
import { parameterCount } from '../compute/plan/parameters.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Store } from '../storage/store.js';
import { decodeFloats } from './weights.js';

const mostKept = 4;

export class WeightsCache {
  readonly #store: Store;
  /** By the chunk's hash, the least recently used first. */
  readonly #kept = new Map<string, Float32Array>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws StorageError when they are missing or damaged */
  async weightsOf({ weights, model }: ModelRecord): Promise<Float32Array> {
    const values = this.#kept.get(weights.hash) ?? decodeFloats(await this.#store.getChunk(weights), parameterCount(model));
    this.#kept.delete(weights.hash);
    this.#kept.set(weights.hash, values);
    for (const hash of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(hash);
    return values;
  }

  drop({ weights }: ModelRecord): void {
    this.#kept.delete(weights.hash);
  }
}
