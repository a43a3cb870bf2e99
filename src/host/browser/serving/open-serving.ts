/** Makes the inference worker's service: the router over what is deployed in the browser's store. Training has a worker of its own. */
import { newIdentifier } from '../../../base/identifier.js';
import { createDeviceOwner } from '../../../compute/owner.js';
import { holdLife } from '../../../remote/liveness.js';
import { usualBatches } from '../../../serve/batcher.js';
import { changeDeployment } from '../../../serve/change-deployment.js';
import { rolledBack } from '../../../serve/divided.js';
import { createExperiments } from '../../../serve/experiment/create.js';
import { betweenWeights, reweighRunning } from '../../../serve/experiment/reweigh-running.js';
import { FollowedDeployments } from '../../../serve/follow-deployments.js';
import { usualLimits } from '../../../serve/limits.js';
import { PredictionLog } from '../../../serve/log/prediction-log.js';
import { Metrics } from '../../../serve/metrics.js';
import { nameIn } from '../../../serve/paths.js';
import { Registry } from '../../../serve/registry.js';
import { createRouter } from '../../../serve/router.js';
import { Traffic } from '../../../serve/traffic/traffic.js';
import { openBrowserStore } from '../../../storage/indexeddb.js';
import { watchful } from '../../../storage/watchful.js';
import { settings } from '../../settings.js';
import { loadDecoder } from '../load-decoder.js';
import { openOnnx } from '../open-onnx.js';
import type { WorkerSetup } from '../worker-setup.js';
import { answerOver, type HandleAgain } from './answer-over.js';
import type { ServingServices } from './service.js';

export async function openServing({ path }: Pick<WorkerSetup, 'path'>): Promise<ServingServices> {
  const store = watchful(await openBrowserStore({ name: path }));
  const [registry, metrics, limits] = [new Registry(), new Metrics(), usualLimits];
  const devices = createDeviceOwner(settings(store));
  const serving = { store, devices, openOnnx, limits, batches: usualBatches };
  const traffic = new Traffic({
    // Whoever else serves, and whoever looks, learns of a rollback from the record.
    changed: (name, _, { kind, ...why }) => {
      if (kind === 'rollback') void changeDeployment(store, name, (record) => rolledBack(record, why)).catch(() => undefined);
    },
  });
  const followed = new FollowedDeployments({ store, registry, metrics, serving, traffic });
  const log = new PredictionLog({ store, settings: (name) => followed.log(name) });
  const experiments = createExperiments({ store });
  setInterval(() => void reweighRunning(experiments), betweenWeights);
  const started = followed.settled;
  const route = createRouter({ registry, metrics, limits, loadDecoder, management: false, traffic, log });
  const handle: HandleAgain = async (request) => {
    const first = request();
    await followed.begun(nameIn(new URL(first.url).pathname));
    // What was changed before it was asked holds for it.
    await followed.heard;
    const { changes } = followed;
    const response = await route(first);
    // What was deployed a moment ago may not have been heard of yet, or is being loaded.
    return response.status === 404 && (await followed.refresh(changes)) ? route(request()) : response;
  };
  const life = `benchwright-inference-${newIdentifier()}`;
  await holdLife(life);
  return {
    serving: {
      start: async () => void (await started),
      lend: async (port) => answerOver(port, handle, life),
    },
  };
}
