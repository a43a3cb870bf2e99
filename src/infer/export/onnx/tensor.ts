/** Tensors of an ONNX file: constants of the graph, weights among them. */
import { ProtobufWriter } from '../../protobuf.js';

/** The numbers of TensorProto.DataType. */
export const elementTypes = { float: 1, uint8: 2, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof elementTypes;

export type TensorValues = Float32Array | Float64Array | BigInt64Array | readonly string[];

export interface Tensor {
  dims: readonly number[];
  values: TensorValues;
}

export const floats = (values: ArrayLike<number>, dims: readonly number[] = [values.length]): Tensor => ({
  dims,
  values: values instanceof Float32Array ? values : Float32Array.from(values),
});
export const doubles = (values: ArrayLike<number>, dims: readonly number[] = [values.length]): Tensor => ({
  dims,
  values: Float64Array.from(values),
});
export const integers = (values: readonly number[], dims: readonly number[] = [values.length]): Tensor => ({
  dims,
  values: BigInt64Array.from(values, BigInt),
});
export const texts = (values: readonly string[], dims: readonly number[] = [values.length]): Tensor => ({ dims, values });

export function elementTypeOf({ values }: Tensor): ElementType {
  if (values instanceof Float32Array) return 'float';
  if (values instanceof Float64Array) return 'double';
  return values instanceof BigInt64Array ? 'int64' : 'string';
}

/** A TensorProto: numbers as raw little-endian bytes, texts one by one. */
export function tensorProto(name: string, tensor: Tensor): ProtobufWriter {
  const proto = new ProtobufWriter().integers(1, tensor.dims).integer(2, elementTypes[elementTypeOf(tensor)]);
  const { values } = tensor;
  if (ArrayBuffer.isView(values)) proto.bytes(9, littleEndianBytes(values));
  else for (const value of values) proto.text(6, value);
  return proto.text(8, name);
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndianBytes(values: Float32Array | Float64Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  if (isLittleEndian) return bytes;
  const width = values.BYTES_PER_ELEMENT;
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
  return bytes;
}
