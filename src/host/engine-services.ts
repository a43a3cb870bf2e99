/** Composes the services that compute: they share the devices and the models that are loaded on them. */
import { createDeviceOwner } from '../compute/owner.js';
import { createEvaluator } from '../evaluate/create.js';
import { createModels } from '../infer/create.js';
import type { OpenOnnx } from '../infer/onnx/open.js';
import { createTensorModels } from '../infer/tensors/create.js';
import type { EngineServices } from '../remote/services.js';
import type { DevicePreference } from '../spec/device-name.js';
import { createTrainer } from '../train/create.js';
import { createPipelines } from '../train/create-pipelines.js';
import { createSweeps } from '../train/sweeps/create.js';
import type { DataParts } from './data-services.js';
import { settings } from './settings.js';

export interface EngineParts extends DataParts {
  /** Of trainings that do not ask for another. */
  device: DevicePreference;
  openOnnx: OpenOnnx;
}

/** `dispose` frees the devices; afterwards the services are of no use. */
export function createEngineServices({
  store,
  readBuiltin,
  loadDecoder,
  openOnnx,
  device,
}: EngineParts): EngineServices & { dispose(): void } {
  const devices = createDeviceOwner(settings(store));
  const models = createModels({ store, devices, readBuiltin, loadDecoder });
  const tensorModels = createTensorModels({ store, devices, openOnnx });
  const training = { store, devices, readBuiltin, defaultDevice: device };
  const trainer = createTrainer(training);
  return {
    devices,
    models,
    tensorModels,
    trainer,
    sweeps: createSweeps({ ...training, trainer }),
    evaluator: createEvaluator({ store, devices, readBuiltin, loadDecoder }),
    pipelines: createPipelines(store),
    dispose() {
      void tensorModels.dispose();
      devices.dispose();
    },
  };
}
