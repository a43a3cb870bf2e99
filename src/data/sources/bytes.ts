/** Opening a source: a stream of its bytes, unpacked where it is gzip, with what was read so far counted as it lies on disk. */
import { throwIfAborted } from '../../base/abort.js';
import { AbortError, BenchwrightError, InputError } from '../../base/errors.js';
import { findBuiltin } from '../builtins.js';
import type { ByteSource, ReadBuiltin, Source } from '../source.js';
import { gunzip, isGzip } from './gzip.js';
import { reasonOfFailure } from './unreachable.js';

export interface OpenOptions {
  readBuiltin: ReadBuiltin;
  signal?: AbortSignal;
}

export interface OpenSource {
  /** The file's name, or the URL. */
  name: string;
  /** Bytes in all as they lie on disk or come over the wire, where known. */
  size?: number;
  /** Bytes read so far, of `size`. */
  readonly bytesRead: number;
  /** Unpacked bytes. Can be iterated once. */
  bytes: AsyncIterable<Uint8Array>;
}

/** @throws InputError `unknown-builtin`, `unreadable-url`; while iterating also `unreadable-file`, `damaged-file`, `unpacks-too-large` */
export async function openSource(source: Source, options: OpenOptions): Promise<OpenSource> {
  const file = await byteSourceOf(source, options);
  const name = source.kind === 'url' ? source.url : source.kind === 'builtin' ? source.name : source.name;
  const opened = { name, size: file.size, bytesRead: 0, bytes: emptyBytes() };
  opened.bytes = unpacked(counted(file, name, opened, options.signal), name);
  return opened;
}

async function* emptyBytes(): AsyncGenerator<Uint8Array> {}

async function byteSourceOf(source: Source, options: OpenOptions): Promise<ByteSource> {
  if (source.kind === 'file') return source.file;
  if (source.kind === 'text') return new Blob([source.text]);
  if (source.kind === 'url') return fetchSource(source.url, options.signal);
  if (source.kind === 'pictures') throw picturesForTable(source.name);
  const { file } = await findBuiltin(source.name, options.readBuiltin);
  if (file === undefined) throw picturesForTable(source.name);
  return options.readBuiltin(file);
}

export const picturesForTable = (name: string): InputError =>
  new InputError('pictures-for-table', `"${name}" holds pictures, and a table is needed here.`, {
    advice: 'Give a CSV or TSV file.',
    place: { file: name },
  });

async function fetchSource(url: string, signal: AbortSignal | undefined): Promise<ByteSource> {
  const refuse = (problem: string, cause?: unknown): InputError =>
    new InputError('unreadable-url', `${url} cannot be read: ${problem}.`, {
      advice: 'Check the address. In a page, the other site must allow it (CORS); if it does not, download the file and open that.',
      cause,
      place: { url },
    });
  if (!/^https?:\/\//i.test(url)) throw refuse('only http and https addresses are opened');
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (cause) {
    if (signal?.aborted) throw new AbortError(undefined, { cause });
    throw refuse(reasonOfFailure(cause), cause);
  }
  if (!response.ok || !response.body) throw refuse(`the server answered ${response.status} ${response.statusText}`.trim());
  const body = response.body;
  // The length counts packed bytes where the transfer is packed: then it says nothing about what we will read.
  const length = response.headers.has('content-encoding') ? NaN : Number(response.headers.get('content-length') ?? NaN);
  return { name: url, size: Number.isFinite(length) ? length : undefined, stream: () => body };
}

async function* counted(file: ByteSource, name: string, counter: { bytesRead: number }, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  // A read that waits for a server that has stopped answering ends as well.
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      throwIfAborted(signal);
      const { done, value } = await reader.read();
      throwIfAborted(signal);
      if (done) return;
      counter.bytesRead += value.length;
      if (value.length > 0) yield value;
    }
  } catch (cause) {
    if (cause instanceof BenchwrightError) throw cause;
    if (signal?.aborted) throw new AbortError(undefined, { cause });
    throw new InputError('unreadable-file', `${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      advice: 'The file may have been moved, changed or closed since it was chosen, or the connection broke. Choose it again.',
      cause,
      place: { file: name, byte: counter.bytesRead },
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await reader.cancel().catch(() => undefined);
  }
}

async function* unpacked(bytes: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    const first = await bytes.next();
    if (first.done) return;
    const all = followedBy(first.value, bytes);
    yield* isGzip(first.value) ? gunzip(all, name) : all;
  } finally {
    await bytes.return(undefined);
  }
}

async function* followedBy(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
