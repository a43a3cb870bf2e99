/** Our own ONNX files, read back: the description in the metadata, the weights among the graph's constants. The graph itself is not run. */
import type { Parameter } from '../../compute/plan/parameters.js';
import type { ModelSpec } from '../../spec/model.js';
import { onnxLayer } from '../export/onnx/layers/table.js';
import { elementTypes } from '../export/onnx/tensor.js';
import { packedKey } from '../export/packed-model.js';
import { inverseOrder, permuted } from '../export/permute.js';
import { entryFields, graphFields, modelFields, tensorFields } from '../onnx/numbers.js';
import { protobufFields } from '../protobuf.js';
import { decodeFloats } from '../weights.js';
import { packedFrom, type Unpacked, unpacked } from './unpack.js';

/** Undefined where "export" has not written it. @throws InputError `model-damaged` */
export function readOnnx(bytes: Uint8Array): Unpacked | undefined {
  let graph: Uint8Array | undefined;
  let description: string | undefined;
  for (const { field, bytes: part } of protobufFields(bytes)) {
    if (field === modelFields.graph) graph = part;
    if (field === modelFields.metadata && part) description ??= ourValue(part);
  }
  if (!graph || description === undefined) return undefined;
  const packed = packedFrom(description);
  const constants = rawConstants(graph, new Set(packed.parameters));
  return unpacked(packed, bytes.length / 4, (name, parameter) => {
    const raw = constants.get(name);
    return raw?.length === parameter.size * 4 ? inOurOrder(packed.record.model, parameter, decodeFloats(raw)) : undefined;
  });
}

/** What an entry holds under our key. */
function ourValue(entry: Uint8Array): string | undefined {
  let [key, value] = ['', ''];
  for (const { field, bytes } of protobufFields(entry)) {
    if (field === entryFields.key && bytes) key = new TextDecoder().decode(bytes);
    if (field === entryFields.value && bytes) value = new TextDecoder().decode(bytes);
  }
  return key === packedKey ? value : undefined;
}

/** The bytes of constants of single precision, by name; views. */
function rawConstants(graph: Uint8Array, wanted: ReadonlySet<string>): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const { field, bytes } of protobufFields(graph)) {
    if (field !== graphFields.constants || !bytes) continue;
    let [name, type, raw]: [string, number, Uint8Array | undefined] = ['', 0, undefined];
    for (const part of protobufFields(bytes)) {
      if (part.field === tensorFields.type) type = part.number ?? 0;
      if (part.field === tensorFields.name && part.bytes) name = new TextDecoder().decode(part.bytes);
      if (part.field === tensorFields.raw) raw = part.bytes;
    }
    if (raw && type === elementTypes.float && wanted.has(name)) found.set(name, raw);
  }
  return found;
}

/** Undoes the order of axes that ONNX wants. */
function inOurOrder({ layers }: ModelSpec, { layer, role, shape }: Parameter, values: Float32Array): Float32Array {
  const order = onnxLayer(layers[layer].kind)?.orders?.[role]?.order;
  if (!order) return values;
  return permuted(
    values,
    order.map((axis) => shape[axis]),
    inverseOrder(order),
  );
}
