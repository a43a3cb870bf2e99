/** The files of a LayersModel, given together or in one zip: found by their paths, below the folder of model.json. */
import { InputError } from '../../../base/errors.js';
import { filesOfZip } from '../../../data/pictures/zip.js';
import { modelDamaged, whyOf } from '../damaged.js';
import { wholeOf } from '../whole-of.js';
import type { TfjsFiles } from './import.js';

export interface GivenFile {
  path: string;
  read(): Promise<Uint8Array>;
}

/** @throws InputError `model-damaged` */
export async function filesInZip(bytes: Uint8Array): Promise<GivenFile[]> {
  const files = await unpacking(filesOfZip(new Blob([bytes as Uint8Array<ArrayBuffer>]), 'The zip'));
  return files.map((file) => ({ path: file.path, read: () => unpacking(wholeOf(file)) }));
}

/** What is said of a zip, said of a model. */
async function unpacking<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw cause instanceof InputError && cause.code === 'model-too-large'
      ? cause
      : modelDamaged(whyOf(cause, 'it is no zip that can be unpacked'), cause);
  }
}

/**
 * Files that were chosen one by one have no folders: a shard is then found by its last name.
 * @throws InputError `not-a-model` where none of them is a model.json
 */
export async function tfjsAmong(files: readonly GivenFile[]): Promise<TfjsFiles> {
  const json =
    files.find(({ path }) => /(^|\/)model\.json$/.test(path)) ??
    files.find(({ path }) => /\.json$/.test(path) && !/preprocessing/.test(path));
  if (!json) {
    throw new InputError('not-a-model', `None of ${files.length} files is a model.`, {
      advice: 'Give an .onnx or .safetensors file, or model.json of TensorFlow.js together with its files of weights.',
    });
  }
  const folder = json.path.slice(0, json.path.lastIndexOf('/') + 1);
  const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const named = (path: string): GivenFile | undefined =>
    files.find((file) => file.path === folder + path) ?? files.find((file) => file.path === lastOf(path));
  return { json: await json.read(), read: async (path) => named(path)?.read() };
}
