/** Our own ONNX files, read back: the description in the metadata, the weights among the graph's constants. The graph itself is not run. */
import { parametersOf } from '../../compute/plan/parameters.js';
import type { ModelSpec } from '../../spec/model.js';
import { onnxLayer } from '../export/onnx/layers/table.js';
import { elementTypes } from '../export/onnx/tensor.js';
import { packedKey } from '../export/packed-model.js';
import { inverseOrder, permuted } from '../export/permute.js';
import { protobufFields } from '../protobuf.js';
import { decodeFloats } from '../weights.js';
import { modelForeign } from './damaged.js';
import { packedFrom, type Unpacked, unpacked } from './unpack.js';

/** Numbers of fields: ModelProto, GraphProto, TensorProto, StringStringEntryProto. */
const fields = { graph: 7, metadata: 14, constants: 5, elementType: 2, texts: 8, raw: 9, key: 1, value: 2 } as const;

/** Whether "export" has written it. @throws InputError `model-damaged` */
export function isOurs(bytes: Uint8Array): boolean {
  for (const { field, bytes: part } of protobufFields(bytes))
    if (field === fields.metadata && part && ourValue(part) !== undefined) return true;
  return false;
}

/** @throws InputError `model-damaged` or `model-foreign` */
export function readOnnx(bytes: Uint8Array): Unpacked {
  let graph: Uint8Array | undefined;
  let description: string | undefined;
  for (const { field, bytes: part } of protobufFields(bytes)) {
    if (field === fields.graph) graph = part;
    if (field === fields.metadata && part) description ??= ourValue(part);
  }
  if (!graph || description === undefined) throw modelForeign('ONNX');
  const packed = packedFrom(description);
  const { model } = packed.record;
  const constants = rawConstants(graph, new Set(packed.parameters));
  return unpacked(packed, bytes.length / 4, (name, size, index) => {
    const raw = constants.get(name);
    return raw?.length === size * 4 ? inOurOrder(model, index, decodeFloats(raw)) : undefined;
  });
}

/** What an entry holds under our key. */
function ourValue(entry: Uint8Array): string | undefined {
  let [key, value] = ['', ''];
  for (const { field, bytes } of protobufFields(entry)) {
    if (field === fields.key && bytes) key = new TextDecoder().decode(bytes);
    if (field === fields.value && bytes) value = new TextDecoder().decode(bytes);
  }
  return key === packedKey ? value : undefined;
}

/** The bytes of constants of single precision, by name; views. */
function rawConstants(graph: Uint8Array, wanted: ReadonlySet<string>): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const { field, bytes } of protobufFields(graph)) {
    if (field !== fields.constants || !bytes) continue;
    let [name, type, raw]: [string, number, Uint8Array | undefined] = ['', 0, undefined];
    for (const part of protobufFields(bytes)) {
      if (part.field === fields.elementType) type = part.number ?? 0;
      if (part.field === fields.texts && part.bytes) name = new TextDecoder().decode(part.bytes);
      if (part.field === fields.raw) raw = part.bytes;
    }
    if (raw && type === elementTypes.float && wanted.has(name)) found.set(name, raw);
  }
  return found;
}

/** Undoes the order of axes that ONNX wants. */
function inOurOrder(model: ModelSpec, index: number, values: Float32Array): Float32Array {
  const { name, role, shape } = parametersOf(model)[index];
  const order = onnxLayer(model.layers[Number.parseInt(name, 10)].kind)?.orders?.[role]?.order;
  if (!order) return values;
  return permuted(
    values,
    order.map((axis) => shape[axis]),
    inverseOrder(order),
  );
}
