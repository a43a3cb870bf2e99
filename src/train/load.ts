/** Reading what a request names from the store. */
import { InputError } from '../base/errors.js';
import { readTable } from '../data/whole.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { Store } from '../storage/store.js';
import type { Loaded } from './prepare.js';

/** @throws InputError `unknown-dataset` when there is none of this id, or it was deleted */
export async function datasetRecord(store: Store, id: string): Promise<DatasetRecord> {
  const record = await store.get('dataset', id);
  if (!record || record.deleted !== undefined) {
    throw new InputError('unknown-dataset', `There is no dataset "${id}".`, {
      advice: 'Choose one from the list, or import it.',
      place: { dataset: id },
    });
  }
  return record;
}

export const loadDataset = async (store: Store, record: DatasetRecord, signal?: AbortSignal): Promise<Loaded> => ({
  record,
  table: await readTable(store, record, signal),
});
