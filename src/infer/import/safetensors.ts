/** safetensors, read by the format's own rules: a length, a header of JSON, and tensors without holes or overlaps behind it. */
import * as z from 'zod/mini';
import { packedKey } from '../export/packed-model.js';
import { decodeFloats } from '../weights.js';
import { checkedPart, modelDamaged, modelForeign } from './damaged.js';
import { packedFrom, type Unpacked, unpacked } from './unpack.js';

/** The format's own bound. */
const mostHeaderBytes = 100_000_000;

const offset = z.number().check(z.int(), z.minimum(0));
const Entry = z.object({
  dtype: z.string(),
  shape: z.array(offset).check(z.maxLength(16)),
  data_offsets: z.tuple([offset, offset]),
});
const Metadata = z.record(z.string(), z.string());

const headerLength = (bytes: Uint8Array): number =>
  Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true));

/** A header begins with an opening brace, where ONNX has a field; the length before it ends in zeros, which no JSON has. */
export const isSafetensors = (bytes: Uint8Array): boolean => bytes[8] === 0x7b && headerLength(bytes) <= mostHeaderBytes;

/** @throws InputError `model-damaged` or `model-foreign` */
export function readSafetensors(bytes: Uint8Array): Unpacked {
  const length = headerLength(bytes);
  if (length > bytes.length - 8) throw modelDamaged('it ends within its header');
  const { tensors, metadata } = headerOf(bytes.subarray(8, 8 + length));
  const data = bytes.subarray(8 + length);
  requireCovering([...tensors.values()], data.length);
  const packed = metadata.get(packedKey);
  if (packed === undefined) throw modelForeign();
  return unpacked(packedFrom(packed), data.length / 4, (name) => {
    const entry = tensors.get(name);
    return entry?.dtype === 'F32' ? decodeFloats(data.subarray(...entry.data_offsets)) : undefined;
  });
}

function headerOf(text: Uint8Array): { tensors: Map<string, z.infer<typeof Entry>>; metadata: Map<string, string> } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (cause) {
    throw modelDamaged('its header is no JSON', cause);
  }
  const tensors = new Map<string, z.infer<typeof Entry>>();
  let metadata = new Map<string, string>();
  for (const [name, value] of Object.entries(header as object)) {
    if (name === '__metadata__') metadata = new Map(Object.entries(checkedPart(Metadata, value, 'metadata')));
    else tensors.set(name, checkedPart(Entry, value, 'tensor'));
  }
  return { tensors, metadata };
}

/** Every byte belongs to one tensor, which has as many as its shape says. */
function requireCovering(entries: readonly z.infer<typeof Entry>[], bytes: number): void {
  let at = 0;
  for (const { dtype, shape, data_offsets } of [...entries].sort(
    (a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  )) {
    const [start, end] = data_offsets;
    if (start !== at || end < start) throw modelDamaged('its tensors overlap, or have holes between them');
    const numbers = shape.reduce((product, extent) => product * extent, 1);
    if (dtype === 'F32' && numbers * 4 !== end - start) throw modelDamaged('a tensor has not the bytes that its shape says');
    at = end;
  }
  if (at !== bytes) throw modelDamaged(`${bytes} bytes of tensors are there, ${at} were written`);
}
