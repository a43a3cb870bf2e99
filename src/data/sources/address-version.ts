/** What a server says of a file that tells whether a later answer is of the same one. Other sites let a page see only some of it. */

export interface Version {
  /** Bytes in all as they are read, where known. */
  size?: number;
  etag?: string;
  lastModified?: number;
  /** What `If-Range` may name: a strong mark, or the time of the last change. */
  condition?: string;
  /** The answer was packed for its way: its length is not that of the file. */
  isPacked: boolean;
}

/** @param start of the first byte that the answer holds */
export function versionOf({ status, headers }: Response, start: number): Version {
  const isPacked = headers.has('content-encoding');
  const total = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  const length = headers.get('content-length');
  const size = isPacked
    ? undefined
    : status === 206 && total !== undefined
      ? Number(total)
      : length === null
        ? undefined
        : start + Number(length);
  const etag = headers.get('etag') ?? undefined;
  const changed = headers.get('last-modified') ?? undefined;
  const lastModified = changed === undefined ? Number.NaN : Date.parse(changed);
  const condition = etag !== undefined && !etag.startsWith('W/') ? etag : changed;
  return {
    isPacked,
    ...(size !== undefined && Number.isSafeInteger(size) ? { size } : {}),
    ...(etag === undefined ? {} : { etag }),
    ...(Number.isNaN(lastModified) ? {} : { lastModified }),
    ...(condition === undefined ? {} : { condition }),
  };
}

/**
 * Whether an answer is of the file that was begun: nothing that both say may differ, and at least one thing must be said by both.
 * @param start of the first byte that was asked for
 * @param end of a part; left out where everything that follows was asked for
 */
export function isSameFile(begun: Version, response: Response, start: number, end?: number): boolean {
  if (begun.isPacked || response.headers.has('content-encoding')) return false;
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (response.status === 206 && range !== undefined && Number(range) !== start) return false;
  const length = response.headers.get('content-length');
  const now = versionOf(response, start);
  if (end !== undefined && response.status === 206) {
    if (length !== null && Number(length) !== end - start) return false;
    // The length of a part says nothing about the whole.
    if (!/\/\d+$/.test(response.headers.get('content-range') ?? '')) delete now.size;
  }
  const both = (['size', 'etag', 'lastModified'] as const).filter((name) => begun[name] !== undefined && now[name] !== undefined);
  const partOnly = end !== undefined && response.status === 206 && length !== null;
  return both.every((name) => begun[name] === now[name]) && (both.length > 0 || partOnly);
}
