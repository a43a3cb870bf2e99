/** How ONNX files are opened: a host says whether in its own thread or in one that can be ended. */
import { InputError } from '../../base/errors.js';
import type { TensorPredictor } from '../tensors/predictor.js';
import type { InspectedModel } from './inspect.js';
import type { LoadOnnxRuntime, Provider } from './runtime.js';
import { openSession } from './session.js';

export interface OnnxFile {
  /** What the file said of itself. */
  readonly model: InspectedModel;
  /** Its bytes, as often as it has to be opened. */
  read(): Promise<Uint8Array>;
}

/** @throws InputError `unsupported-operator`, `unsupported-tensor` or `model-not-runnable`; `no-runtime` */
export type OpenOnnx = (file: OnnxFile, provider: Provider) => Promise<TensorPredictor>;

/** In this thread, which does nothing else while a model computes. */
export const openHere =
  (load: LoadOnnxRuntime): OpenOnnx =>
  async ({ model, read }, provider) =>
    openSession(await read(), model, provider, load);

export const openNowhere: OpenOnnx = async () => {
  throw new InputError('no-runtime', 'ONNX files cannot be run here.', { advice: 'Use the page, the command line or createWorkbench.' });
};
