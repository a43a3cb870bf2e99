/** Elements of tensors as the protocols call them, and as the bytes that Open Inference has behind its JSON. */
import { arrayClass, type NamedTensor, type TensorData } from '../../infer/tensors/tensor.js';
import type { ElementType, TensorSpec } from '../../spec/tensor-model.js';
import { readElements, writeElements, wrongBytes } from '../rows/datatypes.js';

const names: ReadonlyMap<TensorSpec['type'], { inference: string; tensorflow: string }> = new Map([
  ['float32', { inference: 'FP32', tensorflow: 'DT_FLOAT' }],
  ['float64', { inference: 'FP64', tensorflow: 'DT_DOUBLE' }],
  ['float16', { inference: 'FP16', tensorflow: 'DT_HALF' }],
  ['bool', { inference: 'BOOL', tensorflow: 'DT_BOOL' }],
  ['uint8', { inference: 'UINT8', tensorflow: 'DT_UINT8' }],
  ['uint16', { inference: 'UINT16', tensorflow: 'DT_UINT16' }],
  ['uint32', { inference: 'UINT32', tensorflow: 'DT_UINT32' }],
  ['uint64', { inference: 'UINT64', tensorflow: 'DT_UINT64' }],
  ['int8', { inference: 'INT8', tensorflow: 'DT_INT8' }],
  ['int16', { inference: 'INT16', tensorflow: 'DT_INT16' }],
  ['int32', { inference: 'INT32', tensorflow: 'DT_INT32' }],
  ['int64', { inference: 'INT64', tensorflow: 'DT_INT64' }],
  ['string', { inference: 'BYTES', tensorflow: 'DT_STRING' }],
]);

/** As Open Inference calls it. */
export const inferenceType = (type: TensorSpec['type']): string => names.get(type)?.inference ?? type.toUpperCase();
export const tensorflowType = (type: TensorSpec['type']): string => names.get(type)?.tensorflow ?? 'DT_INVALID';

/** What each call chooses is -1, as both protocols have it. */
export const extentsOf = ({ shape }: TensorSpec): number[] | undefined =>
  shape?.map((extent) => (typeof extent === 'number' ? extent : -1));

/** @param bytes little-endian. @throws InputError `wrong-size` naming the tensor */
export function dataOfBytes(type: ElementType, bytes: Uint8Array, count: number, name: string): TensorData {
  const Class = arrayClass(type);
  const datatype = inferenceType(type);
  if (!Class) return readElements(datatype, bytes, count, name).map((element) => new TextDecoder().decode(element as Uint8Array));
  if (bytes.length !== count * Class.BYTES_PER_ELEMENT) throw wrongBytes(datatype, bytes, count, name);
  const data = new Class(count);
  new Uint8Array(data.buffer).set(bytes);
  return type === 'bool' ? (data as Uint8Array).map((value) => (value === 0 ? 0 : 1)) : data;
}

export function bytesOfData({ data }: Pick<NamedTensor, 'data'>): Uint8Array {
  if (!ArrayBuffer.isView(data)) return writeElements(data as readonly string[]);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
