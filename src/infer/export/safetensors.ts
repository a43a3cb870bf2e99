/**
 * A saved model as one safetensors file: each parameter as a tensor of single precision in our own order of axes, and in the metadata the
 * network, the pipeline and where the model came from. Any model can be written so, and read again to the last bit.
 */
import { encodeFloats } from '../weights.js';
import type { ModelExport } from './exported.js';
import { packedKey, packedModel } from './packed-model.js';
import { type ExportSubject, namedWeights } from './subject.js';

export const safetensorsFile = 'model.safetensors';
/** The header begins behind its own length, of 64 bits, and ends at a multiple of that. */
const alignment = 8;

export function exportSafetensors({ record, weights }: ExportSubject): ModelExport {
  const tensors = namedWeights(record.model, weights);
  let at = 0;
  const entries = tensors.map(({ parameter: { name, shape, size } }) => {
    const [start, end] = [at, at + size * Float32Array.BYTES_PER_ELEMENT];
    at = end;
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }] as const;
  });
  const names = tensors.map(({ parameter }) => parameter.name);
  const metadata = { [packedKey]: packedModel(record, names) };
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries([['__metadata__', metadata], ...entries])));
  const header = Math.ceil(text.length / alignment) * alignment;
  const bytes = new Uint8Array(8 + header + at);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header), true);
  bytes.fill(0x20, 8, 8 + header);
  bytes.set(text, 8);
  bytes.set(encodeFloats(weights.subarray(0, at / Float32Array.BYTES_PER_ELEMENT)), 8 + header);
  return {
    format: 'safetensors',
    files: [{ path: safetensorsFile, bytes }],
    notes: [`Its metadata holds the network and the pipeline as JSON, under "${packedKey}". "benchwright predict" reads it as it is.`],
  };
}
