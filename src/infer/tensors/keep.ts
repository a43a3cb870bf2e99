/** The file of a model of another program, kept as it came, beside what was seen in it. */
import { timestamp } from '../../base/clock.js';
import { sha256 } from '../../base/hash.js';
import { newIdentifier } from '../../base/identifier.js';
import { joinedBytes } from '../../base/joined.js';
import type { ChunkRef } from '../../spec/chunk.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import { requireRoom } from '../../storage/room.js';
import type { Store } from '../../storage/store.js';
import { inspectOnnx } from '../onnx/inspect.js';

const chunkBytes = 16 * 2 ** 20;
const longestName = 200;

/**
 * What is kept already is not kept twice.
 * @throws as `inspectOnnx` does; StorageError where there is no room
 */
export async function keepOnnx(store: Store, bytes: Uint8Array, source: TensorModelRecord['source']): Promise<TensorModelRecord> {
  const { inputs, outputs, inspection } = inspectOnnx(bytes);
  const hash = await sha256(bytes);
  const kept = await keptAs(store, hash);
  if (kept) return kept;
  await requireRoom(store, bytes.length);
  const file: ChunkRef[] = [];
  try {
    for (let start = 0; start < bytes.length; start += chunkBytes)
      file.push(await store.putChunk(bytes.subarray(start, start + chunkBytes)));
    const record: TensorModelRecord = {
      kind: 'tensor-model',
      id: newIdentifier(),
      name: nameOf(source.name) || inspection.graph.slice(0, longestName) || 'Model',
      created: timestamp(),
      format: 'onnx',
      source,
      sha256: hash,
      size: bytes.length,
      file,
      inputs,
      outputs,
      inspection,
    };
    await store.commit({ put: [record] });
    return record;
  } catch (error) {
    await store.abandon(file).catch(() => undefined);
    throw error;
  }
}

export const keptAs = async (store: Store, hash: string): Promise<TensorModelRecord | undefined> =>
  (await store.list('tensor-model')).find((record) => record.sha256 === hash && record.deleted === undefined);

/** @throws StorageError `chunk-missing` or `chunk-damaged` */
export async function fileOf(store: Store, { file }: TensorModelRecord): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (const ref of file) pieces.push(await store.getChunk(ref));
  return pieces.length === 1 ? pieces[0] : joinedBytes(pieces);
}

/** The last part of a path or an address, without its ending. */
function nameOf(source: string): string {
  const last =
    source
      .replace(/[?#].*$/, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  return last
    .replace(/\.onnx$/i, '')
    .trim()
    .slice(0, longestName);
}
