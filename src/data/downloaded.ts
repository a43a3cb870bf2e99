/** A zip behind an address, fetched as a whole: its table of contents is its end. Other addresses are read as they come. */
import { InputError } from '../base/errors.js';
import type { ReadEvent } from './read.js';
import type { Source } from './source.js';
import { openSource } from './sources/bytes.js';

const mostBytes = 2 ** 32;

/** Yields how far it is. @throws InputError `unreadable-url`, `unreadable-file` or `zip-too-large`; AbortError */
export async function* downloaded(source: Source, signal?: AbortSignal): AsyncGenerator<ReadEvent, Source> {
  if (source.kind !== 'url' || !isOfZip(source.url)) return source;
  const opened = await openSource(source, { readBuiltin: noBuiltin, ...(signal ? { signal } : {}) });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of opened.pieces()) {
    pieces.push(piece as Uint8Array<ArrayBuffer>);
    if (opened.bytesRead > mostBytes) throw tooLarge(source.url);
    yield { kind: 'progress', rows: 0, bytes: opened.bytesRead, ...(opened.size === undefined ? {} : { size: opened.size }) };
  }
  return { kind: 'file', name: source.url, file: new Blob(pieces) };
}

const isOfZip = (url: string): boolean => URL.canParse(url) && /\.zip$/i.test(new URL(url).pathname);

const noBuiltin = (): never => {
  throw new TypeError('An address is no built-in.');
};

const tooLarge = (url: string): InputError =>
  new InputError('zip-too-large', `${url} has more than ${mostBytes / 2 ** 30} GiB.`, {
    advice: 'Download it and give the file.',
    place: { url },
  });
