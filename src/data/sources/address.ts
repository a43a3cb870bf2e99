/**
 * What lies behind an address, as a stream that outlives a broken connection: it goes on by a range request where it was, once the server
 * has shown that the file is still the same. Where the server knows no ranges, what is there already is passed over.
 */
import { throwIfAborted } from '../../base/abort.js';
import { AbortError, BenchwrightError, InputError } from '../../base/errors.js';
import type { ByteSource } from '../source.js';
import { isSameFile, type Version, versionOf } from './address-version.js';
import { blocksOf } from './blocks.js';
import { whyUnreachable } from './unreachable.js';

/** Milliseconds before each further attempt. Bytes that have come in between give them all back. */
const usualWaits: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000];

export interface AddressOptions {
  signal?: AbortSignal | undefined;
  /** Asks for `slice`, which is there where the server knows ranges. */
  ranged?: boolean;
  waits?: readonly number[];
}

/** @throws InputError `unreadable-url`; while reading also `connection-broken` and `changed-meanwhile` */
export async function openAddress(url: string, { signal, ranged = false, waits = usualWaits }: AddressOptions = {}): Promise<ByteSource> {
  if (!/^https?:\/\//i.test(url)) throw unreadable(url, 'only http and https addresses are opened');
  const first = await firstAnswer(url, ranged, signal, waits);
  const address = new Address(url, first, signal, waits);
  const { size } = address.version;
  const { lastModified } = address.version;
  const source: ByteSource = {
    name: url,
    ...(size === undefined ? {} : { size, streamFrom: (byte: number) => address.stream(byte) }),
    ...(lastModified === undefined ? {} : { lastModified }),
    stream: () => address.stream(),
  };
  if (first.status !== 206 || size === undefined) return source;
  return { ...source, repeatable: true, slice: blocksOf(url, size, (start, end) => address.range(start, end)).slice };
}

async function firstAnswer(url: string, ranged: boolean, signal: AbortSignal | undefined, waits: readonly number[]): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const response = await ask(url, ranged ? 'bytes=0-' : undefined, undefined, signal);
    if (response.ok && response.body) return response;
    await response.body?.cancel();
    const said = `the server answered ${response.status} ${response.statusText}`.trim();
    if (!isPassing(response) || attempt >= Math.min(2, waits.length)) throw unreadable(url, said, adviceOn(response.status));
    await pause(waits[attempt], signal);
  }
}

/** The server is busy, or what stands before it is. */
const isPassing = ({ status }: Response): boolean => status === 408 || status === 429 || status === 502 || status === 503 || status === 504;

class Address {
  readonly #url: string;
  readonly #signal: AbortSignal | undefined;
  readonly #waits: readonly number[];
  readonly version: Version;
  #first: Response | undefined;

  constructor(url: string, first: Response, signal: AbortSignal | undefined, waits: readonly number[]) {
    this.#url = url;
    this.#first = first;
    this.#signal = signal;
    this.#waits = waits;
    this.version = versionOf(first, 0);
  }

  stream(start = 0): ReadableStream<Uint8Array> {
    const closing = new AbortController();
    const signal = this.#signal ? AbortSignal.any([this.#signal, closing.signal]) : closing.signal;
    const pieces = this.#from(start, signal);
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const next = await pieces.next();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        },
        cancel: async () => {
          closing.abort();
          await pieces.return(undefined).catch(() => undefined);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Bytes [start, end), where the server knows ranges. */
  async range(start: number, end: number): Promise<Uint8Array> {
    // A reader of parts needs no body of the whole.
    const whole = this.#first;
    this.#first = undefined;
    await whole?.body?.cancel().catch(() => undefined);
    const bytes = new Uint8Array(end - start);
    let place = 0;
    for await (const piece of this.#from(start, this.#signal, end)) {
      bytes.set(piece.subarray(0, bytes.length - place), place);
      place += piece.length;
      if (place >= bytes.length) break;
    }
    return bytes;
  }

  async *#from(start: number, signal: AbortSignal | undefined, end?: number): AsyncGenerator<Uint8Array> {
    const { size } = this.version;
    const last = end ?? size;
    let place = start;
    let failed = 0;
    let cause: unknown;
    let answer = start === 0 && end === undefined ? this.#first : undefined;
    this.#first = undefined;
    for (;;) {
      if (failed > 0) {
        if (failed > this.#waits.length) throw this.#broken(place, cause);
        await pause(this.#waits[failed - 1], signal);
      }
      try {
        answer ??= await this.#again(place, end, signal);
        for await (const piece of piecesOf(answer, signal)) {
          place += piece.length;
          failed = 0;
          yield piece;
        }
        if (last === undefined || place >= last) return;
        cause = new Error(`it ended after ${place} of ${last} bytes`);
      } catch (thrown) {
        if (signal?.aborted) throw new AbortError(undefined, { cause: thrown });
        if (thrown instanceof BenchwrightError && thrown.code !== 'unreadable-url') throw thrown;
        cause = thrown;
      }
      // What was packed on its way cannot be entered in the middle.
      if (this.version.isPacked) throw this.#broken(place, cause);
      answer = undefined;
      failed += 1;
    }
  }

  /** The rest of the same file, or a part of it. */
  async #again(start: number, end: number | undefined, signal: AbortSignal | undefined): Promise<Response> {
    const range = start === 0 && end === undefined ? undefined : `bytes=${start}-${end === undefined ? '' : end - 1}`;
    const response = await ask(this.#url, range, this.version, signal);
    const refuse = async (problem: Error): Promise<never> => {
      await response.body?.cancel().catch(() => undefined);
      throw problem;
    };
    if (isPassing(response)) return refuse(unreadable(this.#url, `the server answered ${response.status}`));
    const isWhole = response.status === 200;
    if (!(isWhole || response.status === 206) || !isSameFile(this.version, response, isWhole ? 0 : start, end)) {
      return refuse(this.#changed(start, response.status));
    }
    return isWhole && start > 0 ? withoutStart(response, start, signal) : response;
  }

  #broken(place: number, cause: unknown): InputError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new InputError('connection-broken', `${this.#url} cannot be read beyond byte ${place}: the connection broke (${reason}).`, {
      advice: 'Try again when the connection is better, or download the file and open that.',
      cause,
      place: { url: this.#url, byte: place },
    });
  }

  #changed(place: number, status: number): InputError {
    return new InputError(
      'changed-meanwhile',
      `${this.#url} cannot be read beyond byte ${place}: the connection broke, and the file is not known to be the same any more (answer ${status}).`,
      { advice: 'Read it again from the beginning.', place: { url: this.#url, byte: place } },
    );
  }
}

/**
 * What tells whether a file behind an address is the one that was read before, without reading it; undefined where the server says too little.
 */
export async function versionAt(url: string, signal?: AbortSignal): Promise<Pick<Version, 'size' | 'etag' | 'lastModified'> | undefined> {
  try {
    const response = await fetch(url, { method: 'HEAD', ...(signal ? { signal } : {}) });
    const { size, etag, lastModified, isPacked } = versionOf(response, 0);
    if (!response.ok || isPacked || (etag === undefined && lastModified === undefined)) return undefined;
    return {
      ...(size === undefined ? {} : { size }),
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
  } catch (cause) {
    if (signal?.aborted) throw new AbortError(undefined, { cause });
    // Reading it will tell what is wrong.
    return undefined;
  }
}

async function* piecesOf(response: Response, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      throwIfAborted(signal);
      const { done, value } = await reader.read();
      throwIfAborted(signal);
      if (done) return;
      if (value.length > 0) yield value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await reader.cancel().catch(() => undefined);
  }
}

function withoutStart(response: Response, skipped: number, signal: AbortSignal | undefined): Response {
  let left = skipped;
  const pieces = piecesOf(response, signal);
  const rest = new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const next = await pieces.next();
        if (next.done) return controller.close();
        const from = Math.min(left, next.value.length);
        left -= from;
        if (from < next.value.length) return controller.enqueue(next.value.subarray(from));
      }
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
  return new Response(rest as ReadableStream<Uint8Array<ArrayBuffer>>);
}

async function ask(
  url: string,
  range: string | undefined,
  version: Version | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const headers: Record<string, string> = {};
  if (range !== undefined) headers.range = range;
  // Another site would have to allow this header first, and is asked nothing: its answer is compared instead.
  if (range !== undefined && version?.condition !== undefined && !isForeign(url)) headers['if-range'] = version.condition;
  try {
    return await fetch(url, { headers, ...(signal ? { signal } : {}) });
  } catch (cause) {
    if (signal?.aborted) throw new AbortError(undefined, { cause });
    const { reason, advice } = await whyUnreachable(url, cause);
    throw unreadable(url, reason, advice, cause);
  }
}

/** Whether a page asks another site. Node has no site of its own. */
function isForeign(url: string): boolean {
  const { location } = globalThis as { location?: { origin: string } };
  return location !== undefined && new URL(url).origin !== location.origin;
}

function pause(wait: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new AbortError(undefined, { cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, wait);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

const checkAddress = 'Check the address; or download the file and open that.';

function adviceOn(status: number): string {
  if (status === 401 || status === 403)
    return 'The server wants to know who asks. Download the file where you are logged in, and open that.';
  if (status === 404 || status === 410) return 'There is no such file. Check the address.';
  return status >= 500 || status === 429 ? 'The server cannot answer now. Try again later.' : checkAddress;
}

const unreadable = (url: string, problem: string, advice = checkAddress, cause?: unknown): InputError =>
  new InputError('unreadable-url', `${url} cannot be read: ${problem}.`, { advice, cause, place: { url } });
