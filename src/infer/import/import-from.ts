/** A model from an address, over broken connections, with its hash checked where it is known. */
import { throwIfAborted } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import { joinedBytes } from '../../base/joined.js';
import { openAddress } from '../../data/sources/address.js';
import type { Store } from '../../storage/store.js';
import type { AnyModelRecord, ModelDownload } from '../models.js';
import { keptAs } from '../tensors/keep.js';
import { modelTooLarge, mostBytes } from './damaged.js';
import { importBytes, importTfjs, isJson } from './import-model.js';
import type { TfjsModel } from './tfjs/import.js';

/** Milliseconds between two tidings. */
const telling = 100;

/** @throws as `Models.importFrom` does */
export async function* importFrom(
  store: Store,
  address: string,
  { sha256: wanted }: { sha256?: string },
  signal?: AbortSignal,
): AsyncGenerator<ModelDownload, AnyModelRecord> {
  const hash = wanted === undefined ? undefined : checkedHash(wanted);
  const kept = hash === undefined ? undefined : await keptAs(store, hash);
  if (kept) return kept;
  const bytes = yield* download(address, signal);
  const tfjs = isJson(bytes) ? yield* downloadBeside(address, bytes, signal) : undefined;
  if (hash !== undefined) await requireHash(address, hash, bytes, tfjs);
  throwIfAborted(signal);
  const source = { kind: 'url' as const, name: address };
  return tfjs ? await importTfjs(store, tfjs, source) : await importBytes(store, bytes, source);
}

/** Paths of shards were checked: none leads out of the folder of model.json. */
async function* downloadBeside(
  address: string,
  json: Uint8Array,
  signal: AbortSignal | undefined,
): AsyncGenerator<ModelDownload, TfjsModel> {
  const [{ readTfjsHeader }, { shardsOf }] = await Promise.all([import('./tfjs/read.js'), import('./tfjs/manifest.js')]);
  const header = readTfjsHeader(json);
  const shards = new Map<string, Uint8Array>();
  let bytes = json.length;
  for (const path of shardsOf(header.weightsManifest)) {
    const shard = yield* download(new URL(path, address).href, signal);
    bytes += shard.length;
    if (bytes > mostBytes) throw modelTooLarge(bytes);
    shards.set(path, shard);
  }
  return { header, shards };
}

async function* download(address: string, signal: AbortSignal | undefined): AsyncGenerator<ModelDownload, Uint8Array> {
  const source = await openAddress(address, { signal });
  const { size } = source;
  const reader = source.stream().getReader();
  const pieces: Uint8Array[] = [];
  const began = milliseconds();
  let [bytes, told] = [0, 0];
  try {
    if ((size ?? 0) > mostBytes) throw modelTooLarge(size ?? 0);
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      bytes += next.value.length;
      if (bytes > mostBytes) throw modelTooLarge(bytes);
      const now = milliseconds();
      if (now - told < telling && bytes !== size) continue;
      told = now;
      const secondsLeft = size === undefined ? {} : { size, secondsLeft: ((now - began) / 1000) * ((size - bytes) / bytes) };
      yield { bytes, ...secondsLeft };
    }
  } finally {
    // Also where nobody asks for more: nothing goes on loading.
    await reader.cancel().catch(() => undefined);
  }
  return joinedBytes(pieces);
}

/** In small letters. @throws InputError `wrong-hash` where it is none */
export function checkedHash(hash: string): string {
  if (/^[0-9a-f]{64}$/i.test(hash)) return hash.toLowerCase();
  throw new InputError('wrong-hash', `"${hash.slice(0, 80)}" is no SHA-256 in hexadecimal.`, {
    advice: 'Give 64 digits from 0 to 9 and a to f, or leave it out.',
    place: { field: 'sha256' },
  });
}

/**
 * Of a model of several files: of model.json and its shards, one behind the other in the order of its manifest.
 * @param named what is told to be another file
 * @throws InputError `wrong-hash`
 */
export async function requireHash(named: string, expected: string, bytes: Uint8Array, tfjs?: TfjsModel): Promise<void> {
  const given = await sha256(tfjs ? joinedBytes([bytes, ...tfjs.shards.values()]) : bytes);
  if (given === expected) return;
  throw new InputError('wrong-hash', `${named} is another file than was expected: its SHA-256 is ${given}, not ${expected}.`, {
    advice: 'Do not use it. Check the address and the hash where both were published.',
    place: { expected, given },
  });
}
