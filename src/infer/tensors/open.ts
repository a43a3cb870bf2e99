/** Opens a model of another program that is kept. */
import type { DeviceOwner } from '../../compute/devices.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { Store } from '../../storage/store.js';
import { chooseOnnx, type ProviderChoice } from '../onnx/choose.js';
import { inspectOnnx } from '../onnx/inspect.js';
import { type LoadOnnxRuntime, noOnnxRuntime, type Provider } from '../onnx/runtime.js';
import { openOnnx } from '../onnx/session.js';
import { fileOf } from './keep.js';
import type { TensorPredictor } from './predictor.js';
import { tensorModelRecord } from './record.js';

export interface TensorParts {
  store: Store;
  devices: DeviceOwner;
  /** Left out: ONNX files can be kept and looked at, but not run. */
  loadOnnx?: LoadOnnxRuntime;
}

export interface OpenTensorModel {
  record: TensorModelRecord;
  predictor: TensorPredictor;
  choice: ProviderChoice;
}

/**
 * Dispose of the predictor afterwards.
 * @throws InputError `unknown-model`, and as opening does; StorageError when its file is missing or damaged
 */
export async function openTensorModel(
  { store, devices, loadOnnx = noOnnxRuntime }: TensorParts,
  id: string,
  provider?: Provider,
): Promise<OpenTensorModel> {
  const record = await tensorModelRecord(store, id);
  const bytes = await fileOf(store, record);
  // A record may have come from outside: what the file itself says is what counts.
  const model = inspectOnnx(bytes);
  if (provider) {
    return { record, predictor: await openOnnx(bytes, model, provider, loadOnnx), choice: { provider, reason: 'Asked for by name.' } };
  }
  return { record, ...(await chooseOnnx(bytes, model, { load: loadOnnx, available: () => devices.available() })) };
}
