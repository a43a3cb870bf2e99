/** The `wasm` device: our SIMD kernels on one thread of the processor, the same bits in every browser and in Node. */
import type { ModelSpec } from '../../spec/model.js';
import type { Counters, Engine, Network, NetworkOptions } from '../engine.js';
import { compileKernels, instantiateKernels, type Kernels, wasmDescription } from './kernels.js';
import { KernelMemory } from './memory.js';
import { WasmNetwork } from './network.js';

/** A memory larger than this is dropped once nothing is left in it: WebAssembly memories do not shrink. */
const worthKeepingBytes = 2 ** 26;

/** @throws DeviceError `no-device` where there is no WebAssembly with SIMD */
export async function openWasmEngine(options: { limitPages?: number } = {}): Promise<Engine> {
  return new WasmEngine(await compileKernels(), options.limitPages);
}

class WasmEngine implements Engine {
  readonly device = 'wasm';
  readonly description = wasmDescription;
  /** Never settles: a processor is not lost. */
  readonly lost = new Promise<string>(() => {});
  readonly #networks = new Set<WasmNetwork>();
  #memory: KernelMemory;
  #kernels: Kernels;

  constructor(
    readonly module: WebAssembly.Module,
    readonly limitPages?: number,
  ) {
    this.#memory = new KernelMemory(limitPages);
    this.#kernels = instantiateKernels(module, this.#memory.memory);
  }

  async prepare(model: ModelSpec, options: NetworkOptions): Promise<Network> {
    const network = new WasmNetwork(model, options, this.#kernels, this.#memory, (disposed) => this.#forget(disposed));
    this.#networks.add(network);
    return network;
  }

  counters(): Counters {
    const tensors = [...this.#networks].reduce((sum, network) => sum + network.tensors, 0);
    return { tensors, bytes: this.#memory.bytesInUse };
  }

  dispose(): void {
    for (const network of this.#networks) network.dispose();
  }

  #forget(network: WasmNetwork): void {
    this.#networks.delete(network);
    if (this.#networks.size > 0 || this.#memory.memory.buffer.byteLength <= worthKeepingBytes) return;
    this.#memory = new KernelMemory(this.limitPages);
    this.#kernels = instantiateKernels(this.module, this.#memory.memory);
  }
}
