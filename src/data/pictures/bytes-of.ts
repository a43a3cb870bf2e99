/** A whole file in memory, where it is as small as a picture is. */
import { bytesWithin } from '../../base/bytes-within.js';
import { BenchwrightError, InputError } from '../../base/errors.js';
import type { ByteSource } from '../source.js';

/** Bytes of one file. */
export const mostBytes = 2 ** 26;

/** @throws InputError `picture-too-large` or `unreadable-file` */
export async function bytesOf(source: ByteSource, file: string): Promise<Uint8Array> {
  if (source.size !== undefined && source.size > mostBytes) throw tooManyBytes(file);
  const stream = source.stream();
  try {
    return await bytesWithin(stream, mostBytes, () => tooManyBytes(file));
  } catch (cause) {
    throw cause instanceof BenchwrightError ? cause : unreadable(file, cause);
  }
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
