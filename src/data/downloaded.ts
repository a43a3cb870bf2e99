/**
 * A zip behind an address: its table of contents is its end. Where the server knows ranges, only the parts that are asked for are read;
 * otherwise it is fetched as a whole. Other addresses are read as they come.
 */
import { InputError } from '../base/errors.js';
import type { ReadEvent } from './read.js';
import type { ByteSource, Source } from './source.js';
import { openAddress } from './sources/address.js';

const mostBytes = 2 ** 32;

/** Pieces that are handed over to the platform's own keeping, which may be the disk. */
const pieceBytes = 2 ** 24;

/** Yields how far it is. @throws InputError `unreadable-url`, `connection-broken` or `zip-too-large`; AbortError */
export async function* downloaded(source: Source, signal?: AbortSignal): AsyncGenerator<ReadEvent, Source> {
  if (source.kind !== 'url' || !isOfZip(source.url)) return source;
  const { address, entry } = partsOf(source.url);
  const file = await openAddress(address, { signal, ranged: true });
  const asFile = (bytes: ByteSource): Source => ({ kind: 'file', name: address, file: bytes, ...(entry ? { entry } : {}) });
  if (file.slice) return asFile(file);
  const parts: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let [waiting, bytes] = [0, 0];
  const keep = (): void => {
    parts.push(new Blob(pieces));
    pieces = [];
    waiting = 0;
  };
  const reader = file.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const { value: piece } = next;
      pieces.push(piece as Uint8Array<ArrayBuffer>);
      bytes += piece.length;
      waiting += piece.length;
      if (bytes > mostBytes) throw tooLarge(address);
      if (waiting >= pieceBytes) keep();
      yield { kind: 'progress', rows: 0, bytes, ...(file.size === undefined ? {} : { size: file.size }) };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  keep();
  return asFile(new Blob(parts));
}

/** The file that is wanted of an archive stands behind it: `https://example.org/set.zip#ratings.csv`. */
function partsOf(url: string): { address: string; entry: string } {
  const [address, entry = ''] = url.split(/#(.*)/s);
  try {
    return { address, entry: decodeURIComponent(entry) };
  } catch {
    return { address, entry };
  }
}

const isOfZip = (url: string): boolean => URL.canParse(url) && /\.zip$/i.test(new URL(url).pathname);

const tooLarge = (url: string): InputError =>
  new InputError('zip-too-large', `${url} has more than ${mostBytes / 2 ** 30} GiB.`, {
    advice: 'Download it and give the file.',
    place: { url },
  });
