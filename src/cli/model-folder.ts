/** Opens the folder that `MODEL` names. */
import { openFileStore } from '../host/node/files.js';
import { InputError } from '../base/errors.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Store } from '../storage/store.js';
import { isEmptyFolder, newestModel } from './run-folder.js';

export interface OpenModel {
  store: Store;
  model: ModelRecord;
}

/** @throws InputError `no-model` naming the folder; nothing is made where there is none */
export async function openModel(path: string): Promise<OpenModel> {
  if (await isEmptyFolder(path)) {
    throw new InputError('no-model', `There is no model in "${path}".`, {
      advice: 'Give the folder that "benchwright train --out" wrote.',
      place: { model: path },
    });
  }
  const store = await openFileStore(path);
  try {
    return { store, model: await newestModel(store, path) };
  } catch (error) {
    await store.close();
    throw error;
  }
}
