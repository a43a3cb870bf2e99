/** A model that answers requests stays until it does so no more. */
import { InputError } from '../base/errors.js';
import type { Store } from '../storage/store.js';
import type { AnyModelRecord } from './models.js';

/** @throws InputError `model-deployed`, naming the deployment */
export async function checkUndeployed(store: Store, { id, name }: Pick<AnyModelRecord, 'id' | 'name'>): Promise<void> {
  for (const deployment of await store.list('deployment')) {
    const used = deployment.deleted === undefined ? deployment.versions.find(({ model }) => model === id) : undefined;
    if (!used) continue;
    throw new InputError('model-deployed', `The model "${name}" answers requests as version ${used.version} of "${deployment.id}".`, {
      advice: 'Remove this version from the deployment, or the deployment, and then delete the model.',
      place: { model: id, deployment: deployment.id, version: used.version },
    });
  }
}
