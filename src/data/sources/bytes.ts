/** Opening a source: its unpacked bytes, as often as they are asked for, with what was read so far counted as it lies on disk. */

import { throwIfAborted } from '../../base/abort.js';
import { AbortError, BenchwrightError, InputError } from '../../base/errors.js';
import { joinedBytes } from '../../base/joined.js';
import type { Store } from '../../storage/store.js';
import { findBuiltin } from '../builtins.js';
import type { ByteSource, ReadBuiltin, Source } from '../source.js';
import { openAddress } from './address.js';
import { gunzip, isGzip } from './gzip.js';
import { beyond, type Repeatable, repeatable } from './repeatable.js';

export interface OpenOptions {
  readBuiltin: ReadBuiltin;
  signal?: AbortSignal;
  /** Where what comes only once waits for its second reading; left out where there is none. */
  store?: Store;
}

/** Bytes looked at before it is decided what they are. */
const sampleBytes = 64 * 1024;

/** @throws InputError `unknown-builtin`, `unreadable-url`, and as reading does: `unreadable-file`, `damaged-file`, `unpacks-too-large` */
export async function openSource(source: Source, options: OpenOptions): Promise<SourceBytes> {
  const file = await byteSourceOf(source, options);
  return SourceBytes.open(source.kind === 'url' ? source.url : source.name, file, options);
}

export class SourceBytes {
  /** The file's name, or the address. */
  readonly name: string;
  /** Bytes in all as they lie on disk or come over the wire, where known. */
  readonly size: number | undefined;
  /** Of `size`, in the reading that goes on. */
  bytesRead = 0;
  /** The first unpacked bytes, and whether they are all. */
  start = new Uint8Array(0);
  complete = false;
  readonly #signal: AbortSignal | undefined;
  readonly #bytes: Repeatable;
  #packed = false;
  /** Bytes [start, end) as they lie on disk, where they can be read there and are not packed. */
  range: ((start: number, end: number) => Promise<Uint8Array>) | undefined;
  /** What follows `start` in the first reading. */
  #rest: AsyncGenerator<Uint8Array> | undefined;

  private constructor(name: string, file: ByteSource, { signal, store }: OpenOptions) {
    this.name = name;
    this.size = file.size;
    this.#signal = signal;
    this.#bytes = repeatable(file, (stream) => this.#pull(stream), store);
    const { slice } = file;
    if (slice) this.range = (from, to) => this.#collect(slice.call(file, from, to).stream(), to - from);
  }

  static async open(name: string, file: ByteSource, options: OpenOptions): Promise<SourceBytes> {
    const opened = new SourceBytes(name, file, options);
    try {
      await opened.#begin();
      return opened;
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  async #begin(): Promise<void> {
    const first = this.#unpacked(this.#bytes.open());
    this.#rest = first;
    const pieces: Uint8Array[] = [];
    let length = 0;
    while (length < sampleBytes && !this.complete) {
      const next = await first.next();
      if (next.done) this.complete = true;
      else {
        pieces.push(next.value);
        length += next.value.length;
      }
    }
    this.start = joinedBytes(pieces);
  }

  /** Unpacked bytes from a byte on. Ending early closes what it opened. */
  async *pieces(from = 0): AsyncGenerator<Uint8Array> {
    const rest = this.#rest;
    this.#rest = undefined;
    if (from === 0 && rest) {
      try {
        if (this.start.length > 0) yield this.start;
        yield* rest;
      } finally {
        await rest.return(undefined);
      }
      return;
    }
    await rest?.return(undefined);
    this.bytesRead = 0;
    if (!this.#packed && from > 0 && this.#bytes.openAt) {
      this.bytesRead = from;
      yield* this.#bytes.openAt(from);
    } else yield* beyond(this.#unpacked(this.#bytes.open()), from);
  }

  async close(): Promise<void> {
    await this.#rest?.return(undefined);
    this.#rest = undefined;
    await this.#bytes.close();
  }

  async #collect(stream: ReadableStream<Uint8Array>, length: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.#pull(stream)) pieces.push(piece);
    return pieces.length === 1 ? pieces[0] : joinedBytes(pieces).subarray(0, length);
  }

  async *#unpacked(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      const first = await bytes.next();
      if (first.done) return;
      const all = followedBy(first.value, bytes);
      this.#packed = isGzip(first.value);
      if (this.#packed) this.range = undefined;
      yield* this.#packed ? gunzip(all, this.name) : all;
    } finally {
      await bytes.return(undefined);
    }
  }

  async *#pull(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    const reader = stream.getReader();
    const signal = this.#signal;
    // A read that waits for a server that has stopped answering ends as well.
    const stop = (): void => void reader.cancel().catch(() => undefined);
    signal?.addEventListener('abort', stop);
    try {
      for (;;) {
        throwIfAborted(signal);
        const { done, value } = await reader.read();
        throwIfAborted(signal);
        if (done) return;
        this.bytesRead += value.length;
        if (value.length > 0) yield value;
      }
    } catch (cause) {
      if (cause instanceof BenchwrightError) throw cause;
      if (signal?.aborted) throw new AbortError(undefined, { cause });
      throw new InputError('unreadable-file', `${this.name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
        advice: 'The file may have been moved, changed or closed since it was chosen, or the connection broke. Choose it again.',
        cause,
        place: { file: this.name, byte: this.bytesRead },
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      await reader.cancel().catch(() => undefined);
    }
  }
}

async function* followedBy(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function byteSourceOf(source: Source, options: OpenOptions): Promise<ByteSource> {
  if (source.kind === 'file') return source.file;
  if (source.kind === 'text') return new Blob([source.text]);
  if (source.kind === 'url') return openAddress(source.url, { signal: options.signal });
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
