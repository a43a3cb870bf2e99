/** A whole file in memory, where it is as small as a picture is. */

import { BenchwrightError, InputError } from '../../base/errors.js';
import { joinedBytes } from '../../base/joined.js';
import type { ByteSource } from '../source.js';

/** Bytes of one file. */
export const mostBytes = 2 ** 26;

/** @throws InputError `picture-too-large` or `unreadable-file` */
export async function bytesOf(source: ByteSource, file: string): Promise<Uint8Array> {
  if (source.size !== undefined && source.size > mostBytes) throw tooManyBytes(file);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = source.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      length += next.value.length;
      if (length > mostBytes) throw tooManyBytes(file);
    }
  } catch (cause) {
    throw cause instanceof BenchwrightError ? cause : unreadable(file, cause);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return joinedBytes(pieces);
}

export const tooManyBytes = (file: string): InputError =>
  new InputError('picture-too-large', `${file} has more than ${mostBytes / 2 ** 20} MiB.`, {
    advice: 'Make it smaller first.',
    place: { file },
  });

const unreadable = (file: string, cause: unknown): InputError =>
  new InputError('unreadable-file', `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
    advice: 'The file may have been moved, changed or closed since it was chosen. Choose it again.',
    cause,
    place: { file },
  });
