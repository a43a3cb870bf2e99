/** Tensors as ONNX's own test data has them: TensorProto files, read by the schema alone. */
import { dataTypes, tensorFields } from '../../../../src/infer/onnx/numbers.js';
import { protobufFields } from '../../../../src/infer/protobuf.js';
import { arrayClass, canBeGiven, elementsIn, type NamedTensor, type TensorData } from '../../../../src/infer/tensors/tensor.js';

/** @throws Error saying what it holds where that is no tensor that can be given */
export function readTensorProto(bytes: Uint8Array, name: string): NamedTensor {
  const shape: number[] = [];
  let [type, raw]: [number, Uint8Array | undefined] = [0, undefined];
  const values: (number | bigint)[] = [];
  const texts: string[] = [];
  for (const { field, number, bytes: part } of protobufFields(bytes)) {
    if (field === tensorFields.extents) shape.push(...(part ? varints(part).map(Number) : [number ?? 0]));
    else if (field === tensorFields.type) type = number ?? 0;
    else if (field === tensorFields.raw) raw = part;
    else if (field === tensorFields.texts && part) texts.push(new TextDecoder().decode(part));
    else if (field === tensorFields.floats && part) values.push(...numbers(Float32Array, part));
    else if (field === tensorFields.doubles && part) values.push(...numbers(Float64Array, part));
    else if (field === tensorFields.int32s || field === tensorFields.int64s || field === tensorFields.uint64s)
      values.push(...(part ? varints(part) : [BigInt(number ?? 0)]));
  }
  const element = dataTypes.get(type)?.name;
  if (!element || !canBeGiven(element)) throw new Error(`a tensor of ${element ?? 'nothing'}`);
  const Class = arrayClass(element);
  if (!Class) return { name, type: element, shape, data: texts };
  const data = new Class(elementsIn(shape));
  if (raw) new Uint8Array(data.buffer).set(raw);
  else
    values.forEach((value, index) => {
      (data as unknown as (number | bigint)[])[index] = typeof data[0] === 'bigint' ? BigInt(value) : Number(value);
    });
  return { name, type: element, shape, data: data as TensorData };
}

function numbers<Array extends Float32Array | Float64Array>(Class: { new (buffer: ArrayBuffer): Array }, bytes: Uint8Array): number[] {
  return [...new Class(bytes.slice().buffer)];
}

function varints(bytes: Uint8Array): bigint[] {
  const found: bigint[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte >= 128) continue;
    found.push(BigInt.asIntN(64, value));
    [value, shift] = [0n, 0n];
  }
  return found;
}
