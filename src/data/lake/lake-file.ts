/** A file of a data set, wherever it lies: what reading Parquet needs of it. */

import { AbortError, InputError } from '../../base/errors.js';
import { joinedBytes } from '../../base/joined.js';
import type { ByteSource } from '../source.js';
import type { Wire } from './remote-file.js';

export interface LakeFile {
  /** Within the data set, with its folders: their names may be partitions. */
  path: string;
  /** For messages, and to find it again. */
  address: string;
  size: number;
  /** Differs where the content does; '' where nobody says. */
  version: string;
  read(start: number, end: number): Promise<Uint8Array>;
  /** Ranges that are about to be read. */
  ahead(ranges: readonly [start: number, end: number][]): Promise<void>;
}

/** A file that was chosen or lies in a folder. @throws InputError `unreadable-file` */
export function localFile(path: string, source: ByteSource, wire: Wire): LakeFile {
  const { size } = source;
  if (size === undefined || !source.slice) {
    throw new InputError('unreadable-file', `${path} cannot be read in parts.`, { advice: 'Give it as a file.', place: { file: path } });
  }
  return {
    path,
    address: path,
    size,
    version: '',
    ahead: async () => undefined,
    read: (start, end) => readSlice(source, start, end, path, wire),
  };
}

/** Bytes [start, end) of a source. */
export async function readSlice(source: ByteSource, start: number, end: number, file: string, wire: Wire): Promise<Uint8Array> {
  const part = source.slice?.(start, end);
  const pieces: Uint8Array[] = [];
  const reader = part?.stream().getReader();
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) pieces.push(next.value);
  } catch (cause) {
    if (wire.signal?.aborted) throw new AbortError(undefined, { cause });
    throw new InputError('unreadable-file', `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      advice: 'It may have been moved, changed or closed since it was chosen. Choose it again.',
      cause,
      place: { file, byte: start },
    });
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
  const bytes = pieces.length === 1 ? pieces[0] : joinedBytes(pieces);
  wire.bytes += bytes.length;
  wire.requests += 1;
  return bytes;
}
