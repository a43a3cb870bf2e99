/** Opens a model to be served, by its kind; what one takes is loaded when one is opened. */
import type { AnyModelRecord } from '../infer/models.js';
import type { ServedModel, ServingParts } from './served-model.js';

/**
 * Has answered once, where it could be asked something.
 * @throws InputError `unknown-model`, and as opening an ONNX file does; StorageError when what was learnt is missing or damaged
 */
export async function openServed(parts: ServingParts, { kind, id }: AnyModelRecord): Promise<ServedModel> {
  if (kind === 'model') return (await import('./served-rows.js')).ServedRows.open(parts, id);
  return (await import('./served-tensors.js')).ServedTensors.open(parts, id);
}
