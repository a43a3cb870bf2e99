/** A tensor that stands in a file: counted and held against its own bytes, its numbers not read. */
import { InputError } from '../../base/errors.js';
import { dataTypes, sparseFields, tensorFields } from './numbers.js';
import { damaged, nameIn, type Reading, tooLarge } from './reading.js';

/** Of one tensor; ONNX knows no bound, and no model has as many. */
const mostExtents = 64;

export interface TensorSize {
  name: string;
  elements: number;
  bytes: number;
}

/**
 * @throws InputError `external-data` where the numbers stand in another file: its address is the model's to choose, and is never opened;
 * `model-damaged` where the shape does not go with the bytes that are there
 */
export function sizeOfTensor(message: Uint8Array, reading: Reading): TensorSize {
  const extents: number[] = [];
  let [name, type, raw, others, isExternal]: [string, number, number | undefined, number, boolean] = ['', 0, undefined, 0, false];
  for (const part of reading.fields(message)) {
    const { field, number, bytes } = part;
    if (field === tensorFields.extents) {
      for (const extent of reading.integers(part))
        if (extents.push(extent) > mostExtents) throw tooLarge(`the tensor "${name}" has more than ${mostExtents} dimensions`);
    } else if (field === tensorFields.type && number !== undefined) type = number;
    else if (field === tensorFields.name && bytes) name = nameIn(bytes);
    else if (field === tensorFields.raw && bytes) raw = bytes.length;
    else if (field === tensorFields.external) isExternal = true;
    else if (field === tensorFields.location && number !== 0) isExternal = true;
    else if (isData(field)) others += bytes ? Math.max(bytes.length, 1) : 1;
  }
  if (isExternal) throw external(name);
  if (!extents.every((extent) => extent >= 0)) throw damaged(`the tensor "${name}" has an extent that is no size`);
  const elements = extents.reduce((product, extent) => product * extent, 1);
  const bits = dataTypes.get(type)?.bits ?? 0;
  if (raw !== undefined && bits > 0) {
    const wanted = Math.ceil((elements * bits) / 8);
    if (raw !== wanted) throw damaged(`the tensor "${name}" has ${raw} bytes, and its shape asks for ${wanted}`);
  } else if (elements > others) throw damaged(`the tensor "${name}" has fewer numbers than its shape asks for`);
  return { name, elements, bytes: raw ?? others };
}

const isData = (field: number): boolean =>
  field === tensorFields.floats ||
  field === tensorFields.int32s ||
  field === tensorFields.texts ||
  field === tensorFields.int64s ||
  field === tensorFields.doubles ||
  field === tensorFields.uint64s;

/** Its values and its indices are tensors. */
export function sizeOfSparse(message: Uint8Array, reading: Reading): TensorSize {
  let [name, elements, size] = ['', 0, 0];
  for (const { field, bytes } of reading.fields(message)) {
    if (!bytes || (field !== sparseFields.values && field !== sparseFields.indices)) continue;
    const part = sizeOfTensor(bytes, reading);
    size += part.bytes;
    if (field === sparseFields.values) [name, elements] = [part.name, part.elements];
  }
  return { name, elements, bytes: size };
}

const external = (name: string): InputError =>
  new InputError('external-data', `The numbers of the tensor "${name}" stand in another file, which is not opened.`, {
    advice: 'Save the model as one file: onnx.save(model, path, save_as_external_data=False).',
    place: { tensor: name },
  });
