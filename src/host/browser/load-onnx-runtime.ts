/** What runs ONNX files, whose addresses are not part of the first screen. */
import type { LoadOnnxRuntime } from '../../infer/onnx/runtime.js';

export const loadOnnxRuntime: LoadOnnxRuntime = async (provider) => (await import('./onnx-runtime.js')).loadOnnxRuntime(provider);
