/** Opens a model of another program that is kept. */
import type { DeviceOwner } from '../../compute/devices.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { Store } from '../../storage/store.js';
import { chooseOnnx } from '../onnx/choose.js';
import { inspectOnnx } from '../onnx/inspect.js';
import { type OnnxFile, type OpenOnnx, openNowhere } from '../onnx/open.js';
import type { Provider } from '../onnx/runtime.js';
import { fileOf } from './keep.js';
import type { OpenPredictor } from './open-models.js';
import { tensorModelRecord } from './record.js';

export interface TensorParts {
  store: Store;
  devices: DeviceOwner;
  /** Left out: ONNX files can be kept and looked at, but not run. */
  openOnnx?: OpenOnnx;
}

export interface OpenTensorModel extends OpenPredictor {
  record: TensorModelRecord;
}

/**
 * Dispose of the predictor afterwards.
 * @throws InputError `unknown-model`, and as opening does; StorageError when its file is missing or damaged
 */
export async function openTensorModel(
  { store, devices, openOnnx = openNowhere }: TensorParts,
  id: string,
  provider?: Provider,
): Promise<OpenTensorModel> {
  const record = await tensorModelRecord(store, id);
  const file = await inspected(() => fileOf(store, record));
  if (provider) return { record, predictor: await openOnnx(file, provider), choice: { provider, reason: 'Asked for by name.' } };
  return { record, ...(await chooseOnnx(file, { open: openOnnx, available: () => devices.available() })) };
}

/** A record may have come from outside: what the file itself says is what counts. It is read anew when it is opened again. */
async function inspected(read: () => Promise<Uint8Array>): Promise<OnnxFile> {
  let first: Uint8Array | undefined = await read();
  const model = inspectOnnx(first);
  return {
    model,
    async read() {
      const bytes = first ?? (await read());
      first = undefined;
      return bytes;
    },
  };
}
