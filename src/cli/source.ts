/** What `DATA` on the command line means. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { InputError } from '../base/errors.js';
import type { ByteSource, Source, SourceFile } from '../data/source.js';

/**
 * @param given the path of a file or folder, `ARCHIVE.zip#FILE` for one file of an archive, an http(s) address or `builtin:NAME`
 * @throws InputError `no-such-file`, `unreadable-file` or `not-there-yet`, naming what was given
 */
export async function openSource(given: string): Promise<Source> {
  if (given.startsWith('builtin:')) return { kind: 'builtin', name: given.slice('builtin:'.length) };
  if (/^https?:\/\//i.test(given)) return { kind: 'url', url: given };
  const place = { file: given };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) {
    throw new InputError('not-there-yet', `"${given}" cannot be read here: of addresses, http and https are.`, {
      advice: /^s3a?:/i.test(given)
        ? `Copy what is needed first: benchwright data ${given} --out FILE.parquet.`
        : 'Download it and give the file.',
      place,
    });
  }
  const inner = await entryOf(given);
  if (inner) return inner;
  const found = await stat(given).catch((cause: NodeJS.ErrnoException) => {
    const gone = cause.code === 'ENOENT' || cause.code === 'ENOTDIR';
    throw new InputError(
      gone ? 'no-such-file' : 'unreadable-file',
      gone ? `There is no file "${given}".` : `"${given}" cannot be read: ${cause.message}`,
      {
        advice:
          'Give the path of a table (CSV, TSV, JSON, NDJSON, Arrow, Parquet), of a folder or zip, an http(s) address, or builtin:NAME.',
        cause,
        place,
      },
    );
  });
  if (found.isDirectory()) return { kind: 'pictures', name: basename(resolve(given)), files: await filesBelow(given) };
  if (!found.isFile())
    throw new InputError('unreadable-file', `"${given}" is not a file.`, {
      advice: 'Give a CSV or TSV file, a zip, or a folder of pictures.',
      place,
    });
  return { kind: 'file', name: basename(given), file: fileBytes(given, found.size) };
}

/** `archive.zip#inner.csv`, unless a file has just that name. */
async function entryOf(given: string): Promise<Source | undefined> {
  const [, archive, entry] = /^(.+\.zip)#(.+)$/i.exec(given) ?? [];
  if (archive === undefined || (await stat(given).catch(() => undefined))) return undefined;
  const source = await openSource(archive);
  return source.kind === 'file' ? { ...source, entry } : undefined;
}

const fileBytes = (path: string, size: number): ByteSource => ({
  name: basename(path),
  size,
  stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
  slice: (start, end) => ({
    size: end - start,
    // Node's end is the last byte, which an empty part does not have.
    stream: () =>
      end > start ? (Readable.toWeb(createReadStream(path, { start, end: end - 1 })) as ReadableStream<Uint8Array>) : new Blob([]).stream(),
  }),
});

/** Every file in a folder and the folders in it; links are not followed. */
async function filesBelow(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(
    files.map(async (path) => ({
      path: relative(folder, path).split(sep).join('/'),
      file: fileBytes(path, (await stat(path)).size),
    })),
  );
}
