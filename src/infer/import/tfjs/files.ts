/** The files of a LayersModel, given together or in one zip: found by their paths, below the folder of model.json. */
import { unzipSync } from 'fflate';
import { InputError } from '../../../base/errors.js';
import { modelDamaged } from '../damaged.js';
import type { TfjsFiles } from './import.js';

export interface GivenFile {
  path: string;
  read(): Promise<Uint8Array>;
}

/** Of a zip: more is no model. */
const mostEntries = 5000;

/** @param mostBytes of all files, unpacked @throws InputError `model-damaged` */
export function filesInZip(bytes: Uint8Array, mostBytes: number): GivenFile[] {
  let [entries, size] = [0, 0];
  const filter = ({ originalSize }: { originalSize: number }): boolean => {
    entries += 1;
    size += originalSize;
    if (entries > mostEntries || size > mostBytes) throw modelDamaged(`it has more than ${mostEntries} files or ${mostBytes} bytes`);
    return true;
  };
  try {
    return Object.entries(unzipSync(bytes, { filter })).map(([path, content]) => ({ path, read: async () => content }));
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw modelDamaged('it is no zip that can be unpacked', cause);
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
