/** Opens ONNX files, each in a thread of its own. What that takes is loaded when a first one is used. */
import type { OpenOnnx } from '../../infer/onnx/open.js';

export const openOnnx: OpenOnnx = async (file, provider) => (await import('./onnx/in-thread.js')).openInThread(file, provider);
