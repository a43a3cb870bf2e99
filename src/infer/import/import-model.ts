/** A model from a file, ours or of another program: checked, bounded, and kept in one step or not at all. */
import { InputError } from '../../base/errors.js';
import { newIdentifier } from '../../base/identifier.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { ModelRecord } from '../../spec/trained.js';
import { requireRoom } from '../../storage/room.js';
import type { Store } from '../../storage/store.js';
import type { AnyModelRecord, ModelFile } from '../models.js';
import { encodeFloats } from '../weights.js';
import { isSafetensors, readSafetensors } from './safetensors.js';
import type { TfjsFiles } from './tfjs/import.js';
import type { Unpacked } from './unpack.js';

/** A larger one is not looked at: it is read whole. */
export const mostBytes = 2 ** 30;
const fewestBytes = 16;

/** Of model.json; a file of safetensors may begin with any byte. */
export const isJson = (bytes: Uint8Array): boolean => bytes[0] === 0x7b && !isSafetensors(bytes);

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * @throws InputError `not-a-model`, `model-foreign`, `model-damaged`, `model-too-large` or `external-data`; StorageError where there is no room
 */
export async function importModel(store: Store, given: ModelFile | Uint8Array | readonly ModelFile[]): Promise<AnyModelRecord> {
  if (given instanceof Uint8Array) return importBytes(store, given, { kind: 'file', name: '' });
  const files: readonly ModelFile[] = 'size' in given ? [given] : given;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > mostBytes) throw tooLarge(size);
  const [first, ...others] = files;
  if (first === undefined) throw notAModel();
  const source = { kind: 'file' as const, name: first.name ?? '' };
  if (others.length === 0) return importBytes(store, await wholeOf(first), source);
  const { tfjsAmong } = await import('./tfjs/files.js');
  const found = await tfjsAmong(files.map((file) => ({ path: file.name ?? '', read: () => wholeOf(file) })));
  return importTfjs(store, found, { ...source, name: 'model.json' });
}

/** @throws InputError as `readTfjs` does */
export async function importTfjs(store: Store, files: TfjsFiles, source: TensorModelRecord['source']): Promise<AnyModelRecord> {
  const { readTfjs, shardsBeside } = await import('./tfjs/import.js');
  const model = readTfjs(files.json, await shardsBeside(files));
  if (!(model instanceof Uint8Array)) return keep(store, model);
  const { keepOnnx } = await import('../tensors/keep.js');
  return keepOnnx(store, model, source);
}

/** @throws as `importModel` does */
export async function importBytes(store: Store, bytes: Uint8Array, source: TensorModelRecord['source']): Promise<AnyModelRecord> {
  if (bytes.length > mostBytes) throw tooLarge(bytes.length);
  if (bytes.length < fewestBytes) throw notAModel();
  if (isZip(bytes)) {
    const { filesInZip, tfjsAmong } = await import('./tfjs/files.js');
    return importTfjs(store, await tfjsAmong(filesInZip(bytes, mostBytes)), source);
  }
  if (isSafetensors(bytes)) return keep(store, readSafetensors(bytes));
  if (isJson(bytes)) return importTfjs(store, { json: bytes, read: async () => undefined }, source);
  const { readOnnx } = await import('./onnx.js');
  const own = readOnnx(bytes);
  if (own) return keep(store, own);
  const { keepOnnx } = await import('../tensors/keep.js');
  return keepOnnx(store, bytes, source);
}

async function keep(store: Store, { record, weights }: Unpacked): Promise<ModelRecord> {
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

export const tooLarge = (bytes: number): InputError =>
  new InputError('model-too-large', `The file has ${bytes} bytes; a model of at most ${mostBytes} can be read.`, {
    advice: 'Give a smaller model, such as one in half precision.',
  });

const notAModel = (): InputError =>
  new InputError('not-a-model', 'This is no model: the file is too short.', {
    advice: 'Give an .onnx file, model.json of TensorFlow.js with its weights, or a .safetensors file that "export" wrote.',
  });
