/** onnxruntime-web in Node: loaded from its package when a first ONNX file is run. */
import { InputError } from '../../../base/errors.js';
import type { LoadOnnxRuntime } from '../../../infer/onnx/runtime.js';

export const loadOnnxRuntime: LoadOnnxRuntime = async (provider) => {
  if (provider !== 'wasm') {
    throw new InputError('no-runtime', `ONNX files cannot be run on ${provider} in Node.`, { advice: 'Use wasm.', place: { provider } });
  }
  const runtime = await import('onnxruntime-web');
  // One thread: the same bits whatever the machine, and none that keeps the process alive.
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = 'fatal';
  return runtime;
};
