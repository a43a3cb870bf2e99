/** Numbers that stand in an ONNX file: weights, and the whole numbers that say shapes and axes. */
import { fromHalf } from '../../../base/half.js';
import { sizeOf } from '../../../compute/plan/shapes.js';
import { dataTypes, tensorFields } from '../../onnx/numbers.js';
import { damaged, nameIn, type Reading } from '../../onnx/reading.js';
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
  const single: number[] = [];
  const packed: Uint8Array[] = [];
  let [name, type, raw]: [string, number, Uint8Array | undefined] = ['', 0, undefined];
  for (const { field, number, bytes } of reading.fields(message)) {
    if (field === tensorFields.extents) extents.push(...(bytes ? varintsIn(bytes, reading) : [number ?? Number.NaN]));
    else if (field === tensorFields.type && number !== undefined) type = number;
    else if (field === tensorFields.name && bytes) name = nameIn(bytes);
    else if (field === tensorFields.raw) raw = bytes;
    else if (field === tensorFields.floats || field === tensorFields.int64s || field === tensorFields.int32s) {
      if (bytes) packed.push(bytes);
      else single.push(number ?? Number.NaN);
    }
  }
  const kind = dataTypes.get(type)?.name;
  const values = (): Float32Array | undefined => {
    const read = raw ? rawValues(raw, kind) : fieldValues(packed, single, kind, reading);
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
      return each(2, (at) => fromHalf(view.getUint16(at, true)));
    case 'float64':
      return each(8, (at) => view.getFloat64(at, true));
    case 'int32':
      return each(4, (at) => view.getInt32(at, true));
    case 'int64':
      return each(8, (at) => Number(view.getBigInt64(at, true)));
    default:
      return undefined;
  }
}

/** A field of its own for each number, or many in one. */
function fieldValues(
  packed: readonly Uint8Array[],
  single: readonly number[],
  kind: string | undefined,
  reading: Reading,
): Float32Array | undefined {
  if (kind === 'float32') return Float32Array.from(packed.flatMap((bytes) => [...decodeFloats(bytes)]));
  if (kind === 'int64' || kind === 'int32') return Float32Array.from([...single, ...packed.flatMap((bytes) => varintsIn(bytes, reading))]);
  return undefined;
}

export function varintsIn(bytes: Uint8Array, reading: Reading): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (end < bytes.length - 1 && bytes[end] >= 128) end++;
    // As a field each, which is what the reader of fields knows.
    for (const { number } of reading.fields(Uint8Array.of(8, ...bytes.subarray(at, Math.min(end + 1, at + 12)))))
      numbers.push(number ?? Number.NaN);
    at = end + 1;
  }
  return numbers;
}
