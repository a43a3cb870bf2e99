/**
 * onnxruntime-web in a browser: scripts and WebAssembly of our own origin, fetched when a first ONNX file is run. The service worker keeps them
 * from then on.
 */

import webgpu from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { InputError } from '../../../base/errors.js';
import type { LoadOnnxRuntime } from '../../../infer/onnx/runtime.js';

export const loadOnnxRuntime: LoadOnnxRuntime = async (provider) => {
  try {
    const runtime = await (provider === 'webgpu' ? import('onnxruntime-web/webgpu') : import('onnxruntime-web/wasm'));
    const { env } = runtime;
    // Its threads are workers of a blob, which the policy of the page refuses.
    env.wasm.numThreads = 1;
    env.wasm.wasmPaths = { wasm: new URL(provider === 'webgpu' ? webgpu : wasm, import.meta.url).href };
    env.logLevel = 'fatal';
    return runtime;
  } catch (cause) {
    throw new InputError('no-runtime', 'What runs ONNX files could not be loaded.', {
      advice: 'Connect to the network once: after that it is kept.',
      cause,
    });
  }
};
