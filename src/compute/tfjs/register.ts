/** tfjs's backends on devices of ours. There is one backend of a name in a thread: the device that had it before is lost. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { DeviceError } from '../../base/errors.js';
import { type GraphicsDevice, noDevice } from './graphics-device.js';
import { Backend, type BackendName, type Library, loadLibrary } from './library.js';
import type { WebglDevice } from './webgl-device.js';
import type { WebgpuDevice } from './webgpu-device.js';

const current = new Map<BackendName, GraphicsDevice>();

export async function registerWebgpu(owned: WebgpuDevice): Promise<Backend> {
  const [library, { WebGPUBackend }] = await Promise.all([loadLibrary(), import('@tensorflow/tfjs-backend-webgpu')]);
  // Small tensors would quietly be computed by the processor: after a loss even with plausible numbers.
  library.env().set('WEBGPU_CPU_FORWARD', false);
  return register(library, 'webgpu', owned, () => new WebGPUBackend(owned.device, owned.info));
}

export async function registerWebgl(owned: WebglDevice): Promise<Backend> {
  const [library, { MathBackendWebGL, setWebGLContext }] = await Promise.all([loadLibrary(), import('@tensorflow/tfjs-backend-webgl')]);
  library.env().set('WEBGL_CPU_FORWARD', false);
  // Packed, four numbers share a texel; those beyond an odd edge are not zero, and its matrix products add them in.
  library.env().set('WEBGL_PACK', false);
  // What tfjs asks about the machine it asks of this context, and does not make one that nobody watches.
  library.env().set('WEBGL_VERSION', 2);
  setWebGLContext(2, owned.gl);
  if (!library.env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE')) {
    throw noDevice('WebGL computes only with half precision on this graphics processor, which is too coarse to train with.');
  }
  return register(library, 'webgl', owned, () => new MathBackendWebGL(owned.canvas));
}

async function register(library: Library, name: BackendName, owned: GraphicsDevice, create: () => KernelBackend): Promise<Backend> {
  current.get(name)?.giveUp('it was opened again elsewhere.');
  current.set(name, owned);
  if (library.findBackendFactory(name)) library.removeBackend(name);
  library.registerBackend(name, create);
  // It answers false where the backend does not start, and stays with the one it had.
  const started = await library.setBackend(name);
  if (started && library.getBackend() === name) return new Backend(library, name);
  throw new DeviceError('no-device', `The graphics processor does not start by ${name}.`, { advice: 'Choose wasm: it runs everywhere.' });
}
