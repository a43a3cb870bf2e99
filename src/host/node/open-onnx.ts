/** Opens ONNX files in this thread: onnxruntime-web is loaded from its package when a first one is run. */
import { InputError } from '../../base/errors.js';
import { openHere } from '../../infer/onnx/open.js';
import type { LoadOnnxRuntime } from '../../infer/onnx/runtime.js';

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

export const openOnnx = openHere(loadOnnxRuntime);
