/**
 * The one tfjs of this thread, loaded when first asked for. tfjs keeps one current backend for all callers; `Backend.run` makes ours current
 * for the length of one synchronous piece of work, so that several engines can be alive at once, and books what the work leaves.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { DeviceError } from '../../base/errors.js';
import type { Counters } from '../engine.js';

export type BackendName = 'webgpu' | 'webgl' | 'cpu';

export type Library = typeof import('@tensorflow/tfjs-core');

let loaded: Promise<Library> | undefined;

export function loadLibrary(): Promise<Library> {
  loaded ??= import('@tensorflow/tfjs-core').then(
    (library) => {
      // Otherwise it advertises its other packages on the console.
      library.enableProdMode();
      return library;
    },
    (error: unknown) => {
      // Not loaded this time, perhaps for want of a network: the next call tries again.
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}

/** A registered and initialised backend of tfjs. */
export class Backend {
  #tensors = 0;
  #bytes = 0;

  constructor(
    readonly library: Library,
    readonly name: BackendName,
  ) {}

  /** Work whose temporary tensors are disposed of; those that it returns are kept. It must not wait for anything. */
  run<Result extends Tensor | Tensor[]>(work: () => Result): Result {
    return this.#booked(() => this.library.tidy(work));
  }

  dispose(tensors: { dispose(): void }[]): void {
    this.#booked(() => {
      for (const tensor of tensors) tensor.dispose();
    });
  }

  /** What the work done here has left alive. */
  counters(): Counters {
    return { tensors: this.#tensors, bytes: this.#bytes };
  }

  #booked<Result>(work: () => Result): Result {
    const { library, name } = this;
    // For an initialised backend this takes effect before it returns; the promise only wraps the answer.
    if (library.getBackend() !== name) void library.setBackend(name);
    const before = library.memory();
    try {
      return work();
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new DeviceError('device-memory', `The ${name} device has no room for this network: ${cause.message}`, {
        advice: 'Use fewer units or a smaller batch.',
        cause,
      });
    } finally {
      const after = library.memory();
      this.#tensors += after.numTensors - before.numTensors;
      this.#bytes += after.numBytes - before.numBytes;
    }
  }
}
