/** Features of pictures: each picture goes through the extractor once, however many epochs are made of it. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import type { Engine, Network } from '../../compute/engine.js';
import { blocksOf, denseRows, type InputBlocks, type InputRows } from '../../data/inputs.js';
import { forwardRowsOf } from '../../infer/forward.js';
import type { Store } from '../../storage/store.js';
import type { Extractor } from './extractor.js';
import { FeatureCache, pictureKey } from './feature-cache.js';

export interface FeatureProgress {
  kind: 'features';
  /** Pictures whose features are there, of all. */
  done: number;
  of: number;
  secondsLeft: number;
}

/** Bytes of all features together: they are in memory while the head is trained. */
const mostBytes = 2 ** 30;
const betweenEvents = 100;

/** @param rows of all parts together @throws InputError `too-many-features` */
export function requireRoomForFeatures({ width }: Extractor, rows: number): void {
  if (rows * width * 4 <= mostBytes) return;
  throw new InputError('too-many-features', `${rows} pictures with ${width} features each do not fit into memory.`, {
    advice: `Learn from at most ${Math.floor(mostBytes / 4 / width)} pictures, or train with the preset cnn.`,
    place: { rows },
  });
}

/** The extractor at work for one training. */
export class FeatureWork {
  readonly #extractor: Extractor;
  readonly #network: Network;
  readonly #cache: FeatureCache;
  readonly #capacity: number;
  readonly #of: number;
  readonly #signal: AbortSignal | undefined;
  readonly #started = milliseconds();
  #told = milliseconds();
  #done = 0;

  private constructor(extractor: Extractor, network: Network, cache: FeatureCache, of: number, signal: AbortSignal | undefined) {
    this.#extractor = extractor;
    this.#network = network;
    this.#cache = cache;
    this.#capacity = forwardRowsOf(extractor.model);
    this.#of = of;
    this.#signal = signal;
  }

  /** @param of how many pictures there will be */
  static async open(parts: { store: Store; engine: Engine }, extractor: Extractor, of: number, signal?: AbortSignal): Promise<FeatureWork> {
    const cache = await FeatureCache.open(parts.store, extractor);
    const network = await parts.engine.prepare(extractor.model, { batchSize: forwardRowsOf(extractor.model), seed: 0 });
    network.setWeights(extractor.weights);
    return new FeatureWork(extractor, network, cache, of, signal);
  }

  /** The features of some pictures, [rows, width]. @throws AbortError */
  async *of(inputs: InputRows | InputBlocks): AsyncGenerator<FeatureProgress, InputRows> {
    const { width } = this.#extractor;
    const features = new Float32Array(inputs.rows * width);
    let row = 0;
    for await (const block of blocksOf(inputs, this.#signal)) {
      for (let start = 0; start < block.rows; start += this.#capacity) {
        throwIfAborted(this.#signal);
        const end = Math.min(block.rows, start + this.#capacity);
        features.set(await this.#batch(block, start, end), row * width);
        row += end - start;
        this.#done += end - start;
        await yieldToEventLoop();
        if (milliseconds() - this.#told > betweenEvents) yield this.#progress();
      }
    }
    return denseRows(features, inputs.rows, width);
  }

  /** Keeps what was computed, and lets go of the network. */
  async close(): Promise<void> {
    this.#network.dispose();
    await this.#cache.close();
  }

  async #batch(block: InputRows, start: number, end: number): Promise<Float32Array> {
    const { width } = this.#extractor;
    const result = new Float32Array((end - start) * width);
    const given = new Float32Array((end - start) * block.width);
    const fresh: { row: number; key: string }[] = [];
    for (let row = start; row < end; row++) {
      const numbers = given.subarray(fresh.length * block.width, (fresh.length + 1) * block.width);
      block.copy(row, numbers, 0);
      const key = await pictureKey(numbers);
      const known = this.#cache.get(key);
      if (known) result.set(known, (row - start) * width);
      else fresh.push({ row: row - start, key });
    }
    if (fresh.length === 0) return result;
    const computed = await this.#network.forward(given.subarray(0, fresh.length * block.width), fresh.length);
    fresh.forEach(({ row, key }, index) => {
      const own = computed.slice(index * width, (index + 1) * width);
      result.set(own, row * width);
      this.#cache.set(key, own);
    });
    return result;
  }

  #progress(): FeatureProgress {
    this.#told = milliseconds();
    const seconds = (this.#told - this.#started) / 1000;
    return { kind: 'features', done: this.#done, of: this.#of, secondsLeft: (seconds * (this.#of - this.#done)) / Math.max(1, this.#done) };
  }
}
