/** A file at an address, read by ranges; and what a server says when it does not want that, in words. */

import { AbortError, InputError } from '../../base/errors.js';
import { joinedBytes } from '../../base/joined.js';
import { whyUnreachable } from '../sources/unreachable.js';
import { bytesIn, coalesced } from './ranges.js';

/** What came over the wire, and who may stop it: the operation that goes on. */
export interface Wire {
  bytes: number;
  requests: number;
  signal: AbortSignal | undefined;
}

/** `fetch`, perhaps signed. */
export type Ask = (
  url: string,
  init: { method?: string; headers?: Record<string, string>; signal?: AbortSignal | undefined },
) => Promise<Response>;

/** A whole file is taken instead where a server does not give parts. */
const largestWhole = 64 * 2 ** 20;

/** Kept ahead for a row group; larger ones are read piece by piece. */
const mostAhead = 96 * 2 ** 20;

/** Requests at one time to one file. */
const atOnce = 4;

export class RemoteFile {
  readonly url: string;
  readonly size: number;
  /** As the server tells it, to see whether it is still the same; '' where it does not. */
  readonly version: string;
  readonly #ask: Ask;
  readonly #wire: Wire;
  #whole: Uint8Array | undefined;
  #ahead: { start: number; bytes: Uint8Array }[] = [];

  constructor(of: { url: string; size: number; version: string }, ask: Ask, wire: Wire) {
    this.url = of.url;
    this.size = of.size;
    this.version = of.version;
    this.#ask = ask;
    this.#wire = wire;
  }

  /** Fetches these ranges before they are read, those that lie close together at once; forgets those before. */
  async ahead(ranges: readonly [start: number, end: number][]): Promise<void> {
    this.#ahead = [];
    if (this.#whole) return;
    const wanted = coalesced(ranges);
    if (bytesIn(wanted) > mostAhead) return;
    const queue = [...wanted];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [start, end] = next;
        this.#ahead.push({ start, bytes: await this.#fetch(start, end) });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    if (this.#whole) return this.#whole.subarray(start, end);
    const there = this.#ahead.find((part) => part.start <= start && end <= part.start + part.bytes.length);
    return there ? there.bytes.subarray(start - there.start, end - there.start) : this.#fetch(start, end);
  }

  async #fetch(start: number, end: number): Promise<Uint8Array> {
    const response = await answered(
      this.url,
      () => this.#ask(this.url, { headers: { range: `bytes=${start}-${end - 1}` }, signal: this.#wire.signal }),
      this.#wire.signal,
    );
    this.#wire.requests += 1;
    const version = response.headers.get('etag') ?? '';
    if (this.version !== '' && version !== '' && version !== this.version) throw changed(this.url);
    if (response.status === 206) {
      const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
      if (range && Number(range[1]) !== start)
        throw unreadable(this.url, `it answered the bytes from ${range[1]} on, not those from ${start}`);
      return this.#body(response, end - start);
    }
    if (this.size > largestWhole) {
      await response.body?.cancel();
      throw new InputError(
        'no-ranges',
        `${this.url} cannot be read in parts: the server gives the whole file of ${this.size} bytes only.`,
        {
          advice: 'Download it and open the file, or put it on a server that answers range requests.',
          place: { url: this.url },
        },
      );
    }
    this.#whole = await this.#body(response, this.size);
    return this.#whole.subarray(start, end);
  }

  async #body(response: Response, length: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let got = 0;
    const reader = response.body?.getReader();
    try {
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
        pieces.push(next.value);
        got += next.value.length;
        this.#wire.bytes += next.value.length;
        if (got > length) throw unreadable(this.url, `it sends more than the ${length} bytes that were asked for`);
      }
    } catch (cause) {
      if (cause instanceof InputError) throw cause;
      if (this.#wire.signal?.aborted) throw new AbortError(undefined, { cause });
      throw unreadable(this.url, `the connection broke after ${got} of ${length} bytes`, cause);
    } finally {
      await reader?.cancel().catch(() => undefined);
    }
    if (got !== length) throw unreadable(this.url, `it sent ${got} of ${length} bytes`);
    return joinedBytes(pieces);
  }
}

/** The file's size and version. Asked by HEAD; by its first byte where a server forbids that. */
export async function openRemote(url: string, ask: Ask, wire: Wire): Promise<RemoteFile> {
  const { signal } = wire;
  const head = await answered(url, () => ask(url, { method: 'HEAD', signal }), signal, [403, 405, 501]);
  wire.requests += 1;
  const version = head.headers.get('etag') ?? head.headers.get('last-modified') ?? '';
  if (head.ok) {
    const length = head.headers.has('content-encoding') ? NaN : Number(head.headers.get('content-length') ?? NaN);
    if (Number.isSafeInteger(length)) return new RemoteFile({ url, size: length, version: head.headers.get('etag') ?? '' }, ask, wire);
  }
  const first = await answered(url, () => ask(url, { headers: { range: 'bytes=0-0' }, signal }), signal);
  wire.requests += 1;
  await first.body?.cancel();
  const total = first.status === 206 ? /\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1] : first.headers.get('content-length');
  if (!total || !Number.isSafeInteger(Number(total))) throw unreadable(url, 'the server does not say how long it is');
  return new RemoteFile({ url, size: Number(total), version: first.headers.get('etag') ?? (version && '') }, ask, wire);
}

/** @param tolerated statuses that are the caller's to judge; @param label what it is called in messages */
export async function answered(
  url: string,
  ask: () => Promise<Response>,
  signal: AbortSignal | undefined,
  tolerated: readonly number[] = [],
  label = url,
): Promise<Response> {
  let response: Response;
  try {
    response = await ask();
  } catch (cause) {
    if (signal?.aborted) throw new AbortError(undefined, { cause });
    if (cause instanceof InputError) throw cause;
    const { reason, advice } = await whyUnreachable(url, cause);
    throw unreadable(label, reason, cause, `${advice} For parts of a file, it must also allow the header Range.`);
  }
  if (response.ok || tolerated.includes(response.status)) return response;
  throw await refusalOf(label, response);
}

/** What a store says, for people. */
async function refusalOf(url: string, response: Response): Promise<InputError> {
  const text = (await response.text().catch(() => '')).slice(0, 4096);
  const code = /<Code>([^<]{1,100})<\/Code>/.exec(text)?.[1] ?? '';
  const region = response.headers.get('x-amz-bucket-region') ?? /<Region>([^<]{1,40})<\/Region>/.exec(text)?.[1];
  const place = { url, status: response.status };
  if (
    code === 'PermanentRedirect' ||
    code === 'AuthorizationHeaderMalformed' ||
    code === 'IllegalLocationConstraintException' ||
    response.status === 301
  ) {
    return new InputError('wrong-region', `${url} lies in another region${region ? `: ${region}` : ''}.`, {
      advice: region ? `Give the region ${region}.` : "Give the bucket's region.",
      place,
    });
  }
  if (code === 'RequestTimeTooSkewed')
    return new InputError('clock-wrong', `${url} refuses the request: the clock of this machine is wrong.`, {
      advice: 'Set the clock.',
      place,
    });
  if (response.status === 401 || response.status === 403) {
    return new InputError('access-denied', `${url} may not be read${code ? ` (${code})` : ''}.`, {
      advice: 'Give an access key that may, or check the one that was given, its session token and the region. A public bucket needs none.',
      place,
    });
  }
  if (response.status === 404) {
    return new InputError('no-such-file', `There is nothing at ${url}${code ? ` (${code})` : ''}.`, {
      advice: 'Check the address.',
      place,
    });
  }
  return unreadable(url, `the server answered ${response.status} ${response.statusText}${code ? ` (${code})` : ''}`.trim());
}

export const unreadable = (url: string, problem: string, cause?: unknown, advice = 'Check the address.'): InputError =>
  new InputError('unreadable-url', `${url} cannot be read: ${problem}.`, { advice, cause, place: { url } });

const changed = (url: string): InputError =>
  new InputError('changed-meanwhile', `${url} was changed while it was read.`, { advice: 'Open it again.', place: { url } });
