/** The `webgpu`, `webgl` and `cpu` devices, by tfjs: loaded when first asked for, one backend each, eager. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ModelSpec } from '../../spec/model.js';
import { cpuDescription } from '../describe.js';
import type { Counters, Engine, Network, NetworkOptions } from '../engine.js';
import { rowsAtOnce } from '../plan/parts.js';
import type { GraphicsDevice } from './graphics-device.js';
import { Backend, type BackendName, loadLibrary } from './library.js';
import { TfjsNetwork } from './network.js';
import { registerWebgl, registerWebgpu } from './register.js';
import { WebglDevice } from './webgl-device.js';
import { WebgpuDevice } from './webgpu-device.js';

const openers: Record<BackendName, () => Promise<Engine>> = { webgpu: () => openWebgpu(), webgl: () => openWebgl(), cpu: openCpu };

/** @throws DeviceError `no-device` where there is no adapter */
export const openTfjsEngine = (device: BackendName): Promise<Engine> => openers[device]();

async function openCpu(): Promise<Engine> {
  const [library] = await Promise.all([loadLibrary(), import('@tensorflow/tfjs-backend-cpu')]);
  await library.setBackend('cpu');
  return new TfjsEngine(cpuDescription, new Backend(library, 'cpu'));
}

/** Opening again takes the backend from the engine that had it: that one is lost. */
export async function openWebgpu(device?: GPUDevice): Promise<Engine> {
  const owned = await WebgpuDevice.open(device);
  return engineOn(owned, () => registerWebgpu(owned));
}

/** Opening again takes the backend from the engine that had it: that one is lost. */
export async function openWebgl(context?: WebGL2RenderingContext): Promise<Engine> {
  const owned = new WebglDevice(context);
  return engineOn(owned, () => registerWebgl(owned));
}

async function engineOn(owned: GraphicsDevice, register: () => Promise<Backend>): Promise<Engine> {
  try {
    return new TfjsEngine(owned.description, await register(), owned);
  } catch (error) {
    owned.destroy();
    throw error;
  }
}

class TfjsEngine implements Engine {
  readonly lost: Promise<string>;
  readonly #networks = new Set<TfjsNetwork>();

  constructor(
    readonly description: string,
    readonly backend: Backend,
    readonly graphics?: GraphicsDevice,
  ) {
    this.lost = graphics ? graphics.lost : new Promise(() => {});
  }

  get device(): BackendName {
    return this.backend.name;
  }

  async prepare(model: ModelSpec, options: NetworkOptions): Promise<Network> {
    this.graphics?.check();
    this.graphics?.checkSize(model, rowsAtOnce(model, options));
    const network = new TfjsNetwork(model, options, {
      backend: this.backend,
      checkDevice: () => this.graphics?.check(),
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
    this.graphics?.destroy();
  }

  /** With a one behind the numbers: a lost device may well answer, and what it answers are zeros. */
  async #read(tensor: Tensor): Promise<Float32Array> {
    const { graphics, backend } = this;
    if (!graphics) return tensor.data<'float32'>();
    const { library: tf } = backend;
    const marked = backend.run(() => tf.concat([tf.reshape(tensor, [tensor.size]), tf.ones([1])]));
    try {
      const values = await graphics.guard(marked.data<'float32'>());
      if (values[tensor.size] !== 1) graphics.giveUp('it answers with numbers that it was not given.');
      graphics.check();
      return values.subarray(0, tensor.size);
    } finally {
      backend.dispose([marked]);
    }
  }
}
