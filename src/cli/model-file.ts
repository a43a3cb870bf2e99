/** A model of a file on the disk: with model.json of TensorFlow.js what it names in its folder. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../base/errors.js';
import { modelTooLarge, mostBytes } from '../infer/import/damaged.js';
import { requireHash } from '../infer/import/import-from.js';
import { importBytes, importTfjs, isJson, openTfjs } from '../infer/import/import-model.js';
import type { AnyModelRecord } from '../infer/models.js';
import type { Store } from '../storage/store.js';

export interface GivenModelFile {
  path: string;
  /** Where it was named. */
  place: Readonly<Record<string, string>>;
  /** Another file is refused. */
  sha256?: string | undefined;
}

/** Keeps it. @throws InputError naming the path: `unreadable-file`, `wrong-hash`, and as `importModel` does */
export async function importModelFile(store: Store, { path, place, sha256 }: GivenModelFile): Promise<AnyModelRecord> {
  try {
    const bytes = await bytesAt(path);
    // Paths that a manifest names were checked before one is read.
    const read = (name: string) => readFile(join(dirname(path), name)).catch(() => undefined);
    const tfjs = isJson(bytes) ? await openTfjs({ json: bytes, read }) : undefined;
    if (sha256 !== undefined) await requireHash('This', sha256, bytes, tfjs);
    // A model of another program is called after its file.
    const source = { kind: 'file' as const, name: basename(path) };
    return tfjs ? await importTfjs(store, tfjs, source) : await importBytes(store, bytes, source);
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    const { code, message, advice, cause } = thrown;
    throw new InputError(code, `"${path}": ${message}`, { advice, cause, place: { ...thrown.place, ...place } });
  }
}

async function bytesAt(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw modelTooLarge(size);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError('unreadable-file', 'The file cannot be read.', { advice: 'Check its path.', cause });
  }
}
