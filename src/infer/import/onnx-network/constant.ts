/** Numbers that stand in an ONNX file: weights, and the whole numbers that say shapes and axes. */
import { fromHalves } from '../../../base/half.js';
import { joinedBytes } from '../../../base/joined.js';
import { sizeOf } from '../../../compute/plan/shapes.js';
import { dataTypes, tensorFields } from '../../onnx/numbers.js';
import { damaged, floatsIn, nameIn, type Reading } from '../../onnx/reading.js';
import { decodeFloats } from '../../weights.js';

export interface Constant {
  name: string;
  extents: readonly number[];
  /** Undefined where its elements are none that are read: floats of any width, and whole numbers of 32 and 64 bits. */
  values(): Float32Array | undefined;
}

/** @param message a TensorProto that `inspectOnnx` has held against its bytes */
export function constantIn(message: Uint8Array, reading: Reading): Constant {
  const extents: number[] = [];
  const integers: number[] = [];
  const floats: Uint8Array[] = [];
  let [name, type, raw]: [string, number, Uint8Array | undefined] = ['', 0, undefined];
  for (const part of reading.fields(message)) {
    const { field, number, bytes } = part;
    if (field === tensorFields.extents) for (const extent of reading.integers(part)) extents.push(extent);
    else if (field === tensorFields.type && number !== undefined) type = number;
    else if (field === tensorFields.name && bytes) name = nameIn(bytes);
    else if (field === tensorFields.raw) raw = bytes;
    else if (field === tensorFields.floats && bytes) floats.push(bytes);
    else if (field === tensorFields.int64s || field === tensorFields.int32s)
      for (const integer of reading.integers(part)) integers.push(integer);
  }
  const kind = dataTypes.get(type)?.name;
  const values = (): Float32Array | undefined => {
    const read = raw ? rawValues(raw, kind) : fieldValues(integers, floats, kind);
    if (read && read.length !== sizeOf(extents)) throw damaged(`the tensor "${name}" has not the numbers that its shape asks for`);
    return read;
  };
  return { name, extents, values };
}

function rawValues(raw: Uint8Array, kind: string | undefined): Float32Array | undefined {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const each = (width: number, read: (at: number) => number): Float32Array =>
    Float32Array.from({ length: raw.length / width }, (_, index) => read(index * width));
  switch (kind) {
    case 'float32':
      return decodeFloats(raw);
    case 'float16':
      return fromHalves(raw);
    case 'float64':
      return each(8, (at) => view.getFloat64(at, true));
    case 'bool':
      return Float32Array.from(raw);
    case 'int32':
      return each(4, (at) => view.getInt32(at, true));
    case 'int64':
      return each(8, (at) => Number(view.getBigInt64(at, true)));
    default:
      return undefined;
  }
}

/** @param floats of single precision, one or many in each */
function fieldValues(integers: readonly number[], floats: readonly Uint8Array[], kind: string | undefined): Float32Array | undefined {
  if (kind === 'float32') return floatsIn(joinedBytes(floats));
  return kind === 'int64' || kind === 'int32' || kind === 'bool' ? Float32Array.from(integers) : undefined;
}
