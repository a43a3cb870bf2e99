/** Opens the folder that `MODEL` names, and the services to use what is in it. */
import { createEngineServices } from '../host/engine-services.js';
import { readBuiltin } from '../host/node/builtin.js';
import { loadDecoder } from '../host/node/decoder.js';
import { openFileStore } from '../host/node/files.js';
import { layeredStore } from '../host/node/layered.js';
import type { EngineServices } from '../remote/services.js';
import type { ModelRecord } from '../spec/trained.js';
import { createMemoryStore } from '../storage/memory.js';
import { watchful } from '../storage/watchful.js';
import { newestModel } from './run-folder.js';

export interface OpenModel {
  model: ModelRecord;
  services: EngineServices;
  close(): Promise<void>;
}

/** @throws InputError `not-a-store` or `no-model` naming the folder; nothing is made where there is none */
export async function openModel(path: string): Promise<OpenModel> {
  const folder = watchful(await openFileStore(path, { create: false }));
  try {
    const model = await newestModel(folder, path);
    const store = layeredStore(createMemoryStore(), folder);
    const services = createEngineServices({ store, readBuiltin, loadDecoder, device: 'auto' });
    return {
      model,
      services,
      async close() {
        services.dispose();
        await store.close();
      },
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}
