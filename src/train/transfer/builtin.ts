/**
 * The extractor that comes with Benchwright: what it is and how it was made stands in public/data/README.md. A test holds the file to its
 * SHA-256, and the file is a model as any other that was exported as safetensors.
 */
import { sha256 } from '../../base/hash.js';
import type { ReadBuiltin } from '../../data/source.js';
import { readSafetensors } from '../../infer/import/safetensors.js';
import { encodeFloats } from '../../infer/weights.js';
import type { TrainedNetwork } from './extractor.js';
import { ownNetwork } from './trained.js';

export const builtinExtractor = 'shapes-extractor.safetensors';

/** @throws InputError `builtin-missing` */
export async function readBuiltinExtractor(readBuiltin: ReadBuiltin): Promise<TrainedNetwork> {
  const file = await readBuiltin(builtinExtractor);
  const stream = file.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  const { record, weights } = readSafetensors(new Uint8Array(await new Response(stream).arrayBuffer()));
  return ownNetwork(record, weights, await sha256(encodeFloats(weights)));
}
