/** Opens the folder or the exported file that `MODEL` names, and the services to use what is in it. */
import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { InputError } from '../base/errors.js';
import { createEngineServices } from '../host/engine-services.js';
import { readBuiltin } from '../host/node/builtin.js';
import { loadDecoder } from '../host/node/decoder.js';
import { openFileStore } from '../host/node/files.js';
import { layeredStore } from '../host/node/layered.js';
import type { EngineServices } from '../remote/services.js';
import type { ModelRecord } from '../spec/trained.js';
import { createMemoryStore } from '../storage/memory.js';
import type { Store } from '../storage/store.js';
import { watchful } from '../storage/watchful.js';
import { newestModel } from './run-folder.js';

export interface OpenModel {
  model: ModelRecord;
  services: EngineServices;
  /** Where it is kept. */
  store: Store;
  close(): Promise<void>;
}

/**
 * @throws InputError `not-a-store` or `no-model` naming the folder; `not-a-model`, `model-foreign`, `model-damaged` or `model-too-large` where it
 * is a file. Nothing is made where there is none.
 */
export async function openModel(path: string): Promise<OpenModel> {
  if ((await stat(path).catch(() => undefined))?.isFile()) return await openFile(path);
  const folder = watchful(await openFileStore(path, { create: false }));
  try {
    const model = await newestModel(folder, path);
    const store = layeredStore(createMemoryStore(), folder);
    const services = createEngineServices({ store, readBuiltin, loadDecoder, device: 'auto' });
    return {
      model,
      services,
      store,
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

/** What `export` wrote, taken into memory. */
async function openFile(path: string): Promise<OpenModel> {
  const store = createMemoryStore();
  const services = createEngineServices({ store, readBuiltin, loadDecoder, device: 'auto' });
  const close = async (): Promise<void> => {
    services.dispose();
    await store.close();
  };
  try {
    return { model: await services.models.import(await openAsBlob(path)), services, store, close };
  } catch (thrown) {
    await close();
    if (!(thrown instanceof InputError)) throw thrown;
    const { code, message, advice, cause, place } = thrown;
    throw new InputError(code, `"${path}": ${message}`, { advice, cause, place: { ...place, model: path } });
  }
}
