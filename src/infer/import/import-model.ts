/** A model from a file, ours or of another program: checked, bounded, and kept in one step or not at all. */
import { InputError } from '../../base/errors.js';
import { newIdentifier } from '../../base/identifier.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { ModelRecord } from '../../spec/trained.js';
import { requireRoom } from '../../storage/room.js';
import type { Store } from '../../storage/store.js';
import type { AnyModelRecord, ModelFile } from '../models.js';
import { encodeFloats } from '../weights.js';
import { modelTooLarge, mostBytes } from './damaged.js';
import { isSafetensors, readSafetensors } from './safetensors.js';
import type { TfjsFiles, TfjsModel } from './tfjs/import.js';
import type { Unpacked } from './unpack.js';
import { wholeOf } from './whole-of.js';

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
  if (size > mostBytes) throw modelTooLarge(size);
  const [first, ...others] = files;
  if (first === undefined) throw notAModel();
  const source = { kind: 'file' as const, name: first.name ?? '' };
  if (others.length === 0) return importBytes(store, await wholeOf(streamed(first)), source);
  const { tfjsAmong } = await import('./tfjs/files.js');
  const found = await tfjsAmong(files.map((file) => ({ path: file.name ?? '', read: () => wholeOf(streamed(file)) })));
  return importTfjs(store, await openTfjs(found), { ...source, name: 'model.json' });
}

const streamed = (file: ModelFile) => file.slice(0, file.size);

/** As `openTfjs` of tfjs/import.ts, which is loaded when a LayersModel comes. */
export const openTfjs = async (files: TfjsFiles): Promise<TfjsModel> => (await import('./tfjs/import.js')).openTfjs(files);

/** @throws InputError as `readTfjs` does */
export async function importTfjs(store: Store, model: TfjsModel, source: TensorModelRecord['source']): Promise<AnyModelRecord> {
  const { readTfjs } = await import('./tfjs/import.js');
  const read = readTfjs(model);
  if (!(read instanceof Uint8Array)) return keep(store, read);
  const { keepOnnx } = await import('../tensors/keep.js');
  return keepOnnx(store, read, source);
}

/** @throws as `importModel` does */
export async function importBytes(store: Store, bytes: Uint8Array, source: TensorModelRecord['source']): Promise<AnyModelRecord> {
  if (bytes.length > mostBytes) throw modelTooLarge(bytes.length);
  if (bytes.length < fewestBytes) throw notAModel();
  if (isZip(bytes)) {
    const { filesInZip, tfjsAmong } = await import('./tfjs/files.js');
    return importTfjs(store, await openTfjs(await tfjsAmong(await filesInZip(bytes))), source);
  }
  if (isSafetensors(bytes)) return keep(store, readSafetensors(bytes));
  if (isJson(bytes)) return importTfjs(store, await openTfjs({ json: bytes, read: async () => undefined }), source);
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

const notAModel = (): InputError =>
  new InputError('not-a-model', 'This is no model: the file is too short.', {
    advice: 'Give an .onnx file, model.json of TensorFlow.js with its weights, or a .safetensors file that "export" wrote.',
  });
