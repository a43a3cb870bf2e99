/** Opens the folder or the exported file that `MODEL` names, and the services to use what is in it. */
import { stat } from 'node:fs/promises';
import { InputError } from '../base/errors.js';
import { createEngineServices } from '../host/engine-services.js';
import { readBuiltin } from '../host/node/builtin.js';
import { loadDecoder } from '../host/node/decoder.js';
import { openFileStore } from '../host/node/files.js';
import { layeredStore } from '../host/node/layered.js';
import { openOnnx } from '../host/node/open-onnx.js';
import type { AnyModelRecord } from '../infer/models.js';
import type { EngineServices } from '../remote/services.js';
import type { ModelRecord } from '../spec/trained.js';
import { createMemoryStore } from '../storage/memory.js';
import type { Store } from '../storage/store.js';
import { watchful } from '../storage/watchful.js';
import { importModelFile } from './model-file.js';
import { newestModel } from './run-folder.js';

export interface OpenModel<Kept extends AnyModelRecord = ModelRecord> {
  model: Kept;
  services: EngineServices;
  /** Where it is kept. */
  store: Store;
  close(): Promise<void>;
}

/**
 * One of ours, which takes rows.
 * @throws InputError `takes-tensors` where it is one of another program; as `openAnyModel` does
 */
export async function openModel(path: string): Promise<OpenModel> {
  const open = await openAnyModel(path);
  const { model } = open;
  if (model.kind === 'model') return { ...open, model };
  await open.close();
  throw new InputError('takes-tensors', `"${path}" is a model of another program: it takes tensors, and says nothing of rows.`, {
    advice: 'Use "benchwright predict" with it, or its page.',
    place: { model: path },
  });
}

/**
 * @throws InputError `not-a-store` or `no-model` naming the folder; `not-a-model`, `model-foreign`, `model-damaged` or `model-too-large` where it
 * is a file. Nothing is made where there is none.
 */
export async function openAnyModel(path: string): Promise<OpenModel<AnyModelRecord>> {
  if ((await stat(path).catch(() => undefined))?.isFile()) return await openFile(path);
  const folder = watchful(await openFileStore(path, { create: false }));
  try {
    const model = await newestModel(folder, path);
    const store = layeredStore(createMemoryStore(), folder);
    const services = createEngineServices({ store, readBuiltin, loadDecoder, openOnnx, device: 'auto' });
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

/** A file, taken into memory. */
async function openFile(path: string): Promise<OpenModel<AnyModelRecord>> {
  const store = createMemoryStore();
  const services = createEngineServices({ store, readBuiltin, loadDecoder, openOnnx, device: 'auto' });
  const close = async (): Promise<void> => {
    services.dispose();
    await store.close();
  };
  try {
    return { model: await importModelFile(store, { path, place: { model: path } }), services, store, close };
  } catch (error) {
    await close();
    throw error;
  }
}
