/** The `webgpu` and `cpu` devices, by tfjs: loaded when first asked for, one backend each, eager. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ModelSpec } from '../../spec/model.js';
import { cpuDescription } from '../describe.js';
import type { Counters, Engine, Network, NetworkOptions } from '../engine.js';
import { Backend, loadLibrary } from './library.js';
import { TfjsNetwork } from './network.js';
import { WebgpuDevice } from './webgpu-device.js';

/** @throws DeviceError `no-device` where there is no adapter */
export function openTfjsEngine(device: 'webgpu' | 'cpu'): Promise<Engine> {
  return device === 'cpu' ? openCpu() : openWebgpu();
}

async function openCpu(): Promise<Engine> {
  const [library] = await Promise.all([loadLibrary(), import('@tensorflow/tfjs-backend-cpu')]);
  await library.setBackend('cpu');
  return new TfjsEngine('cpu', cpuDescription, new Backend(library, 'cpu'));
}

/** The device that tfjs's webgpu backend runs on. There is one such backend a thread. */
let current: WebgpuDevice | undefined;

/** Opening again takes the backend from the engine that had it: that one is lost. */
export async function openWebgpu(device?: GPUDevice): Promise<Engine> {
  const owned = await WebgpuDevice.open(device);
  try {
    const backend = await register(owned);
    return new TfjsEngine('webgpu', owned.description, backend, owned);
  } catch (error) {
    owned.destroy();
    throw error;
  }
}

async function register(owned: WebgpuDevice): Promise<Backend> {
  const [library, { WebGPUBackend }] = await Promise.all([loadLibrary(), import('@tensorflow/tfjs-backend-webgpu')]);
  // Small tensors would quietly be computed by the processor: after a loss even with plausible numbers.
  library.env().set('WEBGPU_CPU_FORWARD', false);
  current?.giveUp('it was opened again elsewhere.');
  current = owned;
  if (library.findBackendFactory('webgpu')) library.removeBackend('webgpu');
  library.registerBackend('webgpu', () => new WebGPUBackend(owned.device, owned.info));
  await library.setBackend('webgpu');
  return new Backend(library, 'webgpu');
}

class TfjsEngine implements Engine {
  readonly lost: Promise<string>;
  readonly #networks = new Set<TfjsNetwork>();

  constructor(
    readonly device: 'webgpu' | 'cpu',
    readonly description: string,
    readonly backend: Backend,
    readonly gpu?: WebgpuDevice,
  ) {
    this.lost = gpu ? gpu.lost : new Promise(() => {});
  }

  async prepare(model: ModelSpec, options: NetworkOptions): Promise<Network> {
    this.gpu?.check();
    this.gpu?.checkSize(model, options.batchSize);
    const network = new TfjsNetwork(model, options, {
      backend: this.backend,
      checkDevice: () => this.gpu?.check(),
      read: (tensor) => this.#read(tensor),
      onDispose: (disposed) => this.#networks.delete(disposed),
    });
    this.#networks.add(network);
    return network;
  }

  counters(): Counters {
    return this.backend.counters();
  }

  dispose(): void {
    for (const network of this.#networks) network.dispose();
    this.gpu?.destroy();
  }

  async #read(tensor: Tensor): Promise<Float32Array> {
    const read = tensor.data<'float32'>();
    return this.gpu ? this.gpu.guard(read) : read;
  }
}
