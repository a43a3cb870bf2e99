/** A model from a file that `export` wrote: checked, bounded, and kept in one step or not at all. */
import { InputError } from '../../base/errors.js';
import { newIdentifier } from '../../base/identifier.js';
import type { ModelRecord } from '../../spec/trained.js';
import { requireRoom } from '../../storage/room.js';
import type { Store } from '../../storage/store.js';
import type { ModelFile } from '../models.js';
import { encodeFloats } from '../weights.js';
import { isSafetensors, readSafetensors } from './safetensors.js';

/** A larger one is not looked at: it is read whole. */
const mostBytes = 2 ** 30;
const fewestBytes = 16;

/** @throws InputError `not-a-model`, `model-foreign`, `model-damaged` or `model-too-large`; StorageError where there is no room */
export async function importModel(store: Store, file: ModelFile): Promise<ModelRecord> {
  if (file.size > mostBytes) {
    throw new InputError('model-too-large', `The file has ${file.size} bytes; a model of at most ${mostBytes} can be read.`, {
      advice: 'Give the file that "export" wrote.',
    });
  }
  const bytes = await wholeOf(file);
  if (bytes.length < fewestBytes) throw notAModel();
  const { record, weights } = isSafetensors(bytes) ? readSafetensors(bytes) : (await import('./onnx.js')).readOnnx(bytes);
  await requireRoom(store, weights.byteLength);
  const chunk = await store.putChunk(encodeFloats(weights));
  try {
    const kept: ModelRecord = { kind: 'model', id: newIdentifier(), ...record, weights: chunk };
    await store.commit({ put: [kept] });
    return kept;
  } catch (error) {
    await store.abandon([chunk]).catch(() => undefined);
    throw error;
  }
}

async function wholeOf(file: ModelFile): Promise<Uint8Array> {
  const stream = file.slice(0, file.size).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const notAModel = (): InputError =>
  new InputError('not-a-model', 'This is no model: the file is too short.', {
    advice: 'Give a .safetensors or .onnx file that "export" wrote.',
  });
