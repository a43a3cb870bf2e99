/** What can be asked only of a model that takes rows. */
import { InputError } from '../../base/errors.js';
import type { Answering, RowsModel } from '../served-model.js';

/** @param what it would do, in words. @throws InputError with this code where it takes tensors */
export function rowsOnly(model: Answering, what: string, code: 'wrong-signature' | 'not-implemented' = 'not-implemented'): RowsModel {
  if (model.kind === 'model') return model;
  throw new InputError(code, `"${model.record.name}" cannot ${what}: it is a model of another program, which takes tensors.`, {
    advice: 'Ask it by /v1/models/NAME:predict or /v2/models/NAME/infer.',
    place: { model: model.record.name },
  });
}
