/** What `DATA` on the command line means. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { InputError } from '../base/errors.js';
import type { ByteSource, Source } from '../data/source.js';

/**
 * @param given a path, an http(s) address or `builtin:NAME`
 * @throws InputError `no-such-file`, `unreadable-file` or `not-there-yet`, naming what was given
 */
export async function openSource(given: string): Promise<Source> {
  if (given.startsWith('builtin:')) return { kind: 'builtin', name: given.slice('builtin:'.length) };
  if (/^https?:\/\//i.test(given)) return { kind: 'url', url: given };
  const place = { file: given };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) {
    throw new InputError('not-there-yet', `"${given}" cannot be read: of addresses, http and https are there.`, {
      advice: 'Download it and give the file.',
      place,
    });
  }
  const found = await stat(given).catch((cause: NodeJS.ErrnoException) => {
    const gone = cause.code === 'ENOENT' || cause.code === 'ENOTDIR';
    throw new InputError(
      gone ? 'no-such-file' : 'unreadable-file',
      gone ? `There is no file "${given}".` : `"${given}" cannot be read: ${cause.message}`,
      {
        advice: 'Give the path of a CSV or TSV file, an http(s) address, or builtin:NAME.',
        cause,
        place,
      },
    );
  });
  if (found.isDirectory() || /\.zip$/i.test(given)) {
    throw new InputError(
      'not-there-yet',
      `"${given}" is a ${found.isDirectory() ? 'folder' : 'zip'}; pictures are not there yet, tables are.`,
      {
        advice: 'Give a CSV or TSV file.',
        place,
      },
    );
  }
  if (!found.isFile()) throw new InputError('unreadable-file', `"${given}" is not a file.`, { advice: 'Give a CSV or TSV file.', place });
  return { kind: 'file', name: basename(given), file: fileBytes(given, found.size) };
}

const fileBytes = (path: string, size: number): ByteSource => ({
  name: basename(path),
  size,
  stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
});
