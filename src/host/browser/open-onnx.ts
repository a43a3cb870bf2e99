/** Opens ONNX files, each in a worker of its own. What that takes is not part of the first screen. */
import type { OpenOnnx } from '../../infer/onnx/open.js';

export const openOnnx: OpenOnnx = async (file, provider) => (await import('./onnx/in-worker.js')).openInWorker(file, provider);
