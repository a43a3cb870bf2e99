/** Explanations by whatever explainer was handed in. */
import { InputError } from '../../base/errors.js';
import type { RawRow } from '../../infer/models.js';
import type { RowsModel } from '../served-model.js';
import type { Call } from './route.js';

/** One for each row. @throws InputError `not-implemented` where nothing explains this model */
export async function explained({ explain, signal }: Call, { record }: RowsModel, rows: RawRow[]): Promise<unknown[]> {
  const explanations = explain?.(record, rows, signal);
  if (explanations) return explanations;
  throw new InputError('not-implemented', `"${record.name}" has no explainer.`, {
    advice: 'Ask it to predict.',
    place: { model: record.name },
  });
}
