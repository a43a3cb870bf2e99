/** The weights of a model of TensorFlow.js: the shards that its manifest names, and the tensors in them. */
import * as z from 'zod/mini';
import { fromHalves } from '../../../base/half.js';
import { joinedBytes } from '../../../base/joined.js';
import { sizeOf } from '../../../compute/plan/shapes.js';
import { decodeFloats } from '../../weights.js';
import { modelDamaged } from '../damaged.js';

/**
 * A path below the folder of model.json, and nothing else: no other origin, no way up, no escapes, no query. What it names is opened.
 */
const shardPath = /^(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/){0,8}[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;
const extent = z.number().check(z.int(), z.minimum(0), z.maximum(2 ** 31));

const WeightSpec = z.object({
  name: z.string().check(z.maxLength(1000)),
  shape: z.array(extent).check(z.maxLength(8)),
  dtype: z.string().check(z.maxLength(20)),
  quantization: z.optional(
    z.object({ dtype: z.string().check(z.maxLength(20)), scale: z.optional(z.number()), min: z.optional(z.number()) }),
  ),
});
type WeightSpec = z.infer<typeof WeightSpec>;

export const WeightsManifest = z
  .array(
    z.object({
      paths: z.array(z.string().check(z.maxLength(300), z.regex(shardPath))).check(z.maxLength(4096)),
      weights: z.array(WeightSpec).check(z.maxLength(20_000)),
    }),
  )
  .check(z.maxLength(4096));
export type WeightsManifest = z.infer<typeof WeightsManifest>;

export interface StoredTensor {
  shape: readonly number[];
  /** Undefined where they are no numbers of single precision. */
  values(): Float32Array | undefined;
}

export const shardsOf = (manifest: WeightsManifest): string[] => [...new Set(manifest.flatMap(({ paths }) => paths))];

/** @throws InputError `model-damaged` where a shard is missing, or holds more or less than the manifest says */
export function tensorsIn(manifest: WeightsManifest, shards: ReadonlyMap<string, Uint8Array>): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const { paths, weights } of manifest) {
    const pieces = paths.map((path) => {
      const bytes = shards.get(path);
      if (bytes) return bytes;
      throw modelDamaged(`the file "${path}" with weights is not there; give it together with model.json`);
    });
    const bytes = pieces.length === 1 ? pieces[0] : joinedBytes(pieces);
    let at = 0;
    for (const spec of weights) {
      const end = at + sizeOf(spec.shape) * bytesOf(spec);
      if (!(end <= bytes.length)) throw modelDamaged(`its weights end within "${spec.name}"`);
      if (tensors.has(spec.name)) throw modelDamaged(`two of its tensors are called "${spec.name}"`);
      const own = bytes.subarray(at, end);
      tensors.set(spec.name, { shape: spec.shape, values: () => valuesOf(spec, own) });
      at = end;
    }
    if (at !== bytes.length) throw modelDamaged(`${bytes.length} bytes of weights are there, and its manifest names ${at}`);
  }
  return tensors;
}

const widths = new Map([
  ['float32', 4],
  ['int32', 4],
  ['bool', 1],
  ['uint8', 1],
  ['uint16', 2],
  ['float16', 2],
]);

function bytesOf({ name, dtype, quantization }: WeightSpec): number {
  const width = widths.get(quantization?.dtype ?? dtype);
  if (width === undefined) throw modelDamaged(`the tensor "${name}" is of type "${quantization?.dtype ?? dtype}", which is not read`);
  return width;
}

/** Quantized ones are whole numbers on a line: scale · q + min, as tfjs has it. */
function valuesOf({ dtype, quantization }: WeightSpec, bytes: Uint8Array): Float32Array | undefined {
  if (dtype !== 'float32') return undefined;
  if (!quantization) return decodeFloats(bytes);
  const { scale, min } = quantization;
  if (quantization.dtype === 'float16') return fromHalves(bytes);
  if (scale === undefined || min === undefined) return undefined;
  const steps = quantization.dtype === 'uint16' ? wholeNumbers(bytes) : quantization.dtype === 'uint8' ? bytes : undefined;
  return steps && Float32Array.from(steps, (step) => step * scale + min);
}

function wholeNumbers(bytes: Uint8Array): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length / 2 }, (_, index) => view.getUint16(2 * index, true));
}
