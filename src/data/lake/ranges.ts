/** Ranges of a file that lie close together are asked for at once: a request costs as much as some bytes too many. */

/** Bytes between two ranges that are read along rather than asked for apart. */
export const closeEnough = 64 * 1024;

/** Of one request. */
const longest = 16 * 2 ** 20;

/** @param ranges by their start */
export function coalesced(ranges: readonly [start: number, end: number][], gap = closeEnough): [start: number, end: number][] {
  const joined: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = joined.at(-1);
    if (last && start - last[1] <= gap && Math.max(end, last[1]) - last[0] <= longest) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

export const bytesIn = (ranges: readonly [start: number, end: number][]): number =>
  ranges.reduce((sum, [start, end]) => sum + end - start, 0);
