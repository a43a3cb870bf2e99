/** The record of a model of another program, found by its id. */
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { Store } from '../../storage/store.js';
import { unknownModel } from '../unknown-model.js';

/** @throws InputError `unknown-model` when there is none of this id, or it was deleted */
export async function tensorModelRecord(store: Store, id: string): Promise<TensorModelRecord> {
  return thereIs(id, await store.get('tensor-model', id));
}

/** @throws InputError `unknown-model` */
export function thereIs(id: string, record: TensorModelRecord | undefined): TensorModelRecord {
  if (record && record.deleted === undefined) return record;
  throw unknownModel(id);
}
