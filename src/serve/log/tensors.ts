/** Tensors in a log, in few words: what was sent by its hash, what was answered by its first values. A request is one row. */
import { sha256 } from '../../base/hash.js';
import type { RawRow } from '../../infer/models.js';
import { shapeWords } from '../../infer/tensors/check.js';
import { valuesOf } from '../../infer/tensors/json.js';
import type { NamedTensor } from '../../infer/tensors/tensor.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { Served } from '../served-model.js';
import { columnField } from './fields.js';
import type { LogSubject } from './prediction.js';

/** Of an output, and of a text in it. */
const mostValues = 16;
const mostCharacters = 100;

export const tensorsSubject = ({ id, inputs, outputs }: TensorModelRecord): LogSubject => ({
  id,
  fields: inputs.map(({ name }) => columnField(name, 'text')),
  outputs: outputs.map(({ name }) => ({ name, kind: 'text' })),
});

/** Type, shape and SHA-256, by name. */
export async function inputWords(tensors: readonly NamedTensor[]): Promise<RawRow> {
  const words = tensors.map(async ({ name, type, shape, data }) => {
    const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : JSON.stringify(data);
    return [name, `${shapeWords({ type, shape: [...shape] })} ${await sha256(bytes)}`] as const;
  });
  return Object.fromEntries(await Promise.all(words));
}

export function outputWords(outputs: readonly NamedTensor[]): Served {
  const columns = outputs.map((output) => {
    const { name, type, shape, data } = output;
    const first = valuesOf({ ...output, data: data.slice(0, mostValues) }).map((value) => String(value).slice(0, mostCharacters));
    const values = [...first, ...(data.length > mostValues ? ['…'] : [])].join(', ');
    return { name, values: [`${shapeWords({ type, shape: [...shape] })} ${values}`] };
  });
  return { rows: 1, columns };
}
