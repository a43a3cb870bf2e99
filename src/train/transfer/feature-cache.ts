/** Features that were computed before, by the extractor and the picture: kept in the store, so that a second training begins with its head. */
import { timestamp } from '../../base/clock.js';
import { StorageError } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import { decodeFloats, encodeFloats } from '../../infer/weights.js';
import type { ChunkRef } from '../../spec/chunk.js';
import { KeptFeatures, type KeptPiece } from '../../spec/kept-features.js';
import { validate } from '../../spec/validate.js';
import { keptFeatures } from '../../storage/names.js';
import type { Store } from '../../storage/store.js';
import type { Extractor } from './extractor.js';

/** Bytes of features kept of one extractor: what was computed first is let go of. */
const mostBytes = 64 * 2 ** 20;

/** Numbers of a picture as the extractor is given them. */
export const pictureKey = (numbers: Float32Array): Promise<string> => sha256(encodeFloats(numbers));

export class FeatureCache {
  readonly #store: Store;
  readonly #id: string;
  readonly #width: number;
  readonly #known = new Map<string, Float32Array>();
  readonly #found = new Map<string, Float32Array>();
  #pieces: KeptPiece[] = [];

  private constructor(store: Store, id: string, width: number) {
    this.#store = store;
    this.#id = id;
    this.#width = width;
  }

  /** A cache that cannot be read is an empty one. */
  static async open(store: Store, { model, hash, width }: Extractor): Promise<FeatureCache> {
    const cache = new FeatureCache(store, keptFeatures(await sha256(`${hash} ${JSON.stringify(model)}`)), width);
    await cache.#read().catch(() => cache.#known.clear());
    return cache;
  }

  get(key: string): Float32Array | undefined {
    return this.#known.get(key) ?? this.#found.get(key);
  }

  set(key: string, features: Float32Array): void {
    this.#found.set(key, features);
  }

  /** Keeps what was found. Where there is no room for it, it is computed again the next time. */
  async close(): Promise<void> {
    if (this.#found.size === 0) return;
    const refs: ChunkRef[] = [];
    try {
      const values = new Float32Array(this.#found.size * this.#width);
      [...this.#found.values()].forEach((features, row) => {
        values.set(features, row * this.#width);
      });
      const pictures = await this.#store.putChunk(new TextEncoder().encode([...this.#found.keys()].join('\n')));
      refs.push(pictures);
      refs.push(await this.#store.putChunk(encodeFloats(values)));
      const pieces = newest([...this.#pieces, { pictures, values: refs[1] }]);
      await this.#store.commit({ put: [{ kind: 'setting', id: this.#id, value: { used: timestamp(), pieces } }] });
    } catch (error) {
      await this.#store.abandon(refs).catch(() => undefined);
      if (!(error instanceof StorageError)) throw error;
    }
  }

  async #read(): Promise<void> {
    const record = await this.#store.get('setting', this.#id);
    if (!record) return;
    const { pieces } = validate(KeptFeatures, record.value, 'kept features');
    for (const { pictures, values } of pieces) {
      const keys = new TextDecoder().decode(await this.#store.getChunk(pictures)).split('\n');
      const numbers = decodeFloats(await this.#store.getChunk(values), keys.length * this.#width);
      keys.forEach((key, row) => {
        this.#known.set(key, numbers.subarray(row * this.#width, (row + 1) * this.#width));
      });
    }
    this.#pieces = pieces;
  }
}

/** The newest pieces that fit, and always the last. */
function newest(pieces: readonly KeptPiece[]): KeptPiece[] {
  let first = pieces.length - 1;
  for (let bytes = pieces[first].values.bytes; first > 0; first--) {
    bytes += pieces[first - 1].values.bytes;
    if (bytes > mostBytes) break;
  }
  return pieces.slice(first);
}
