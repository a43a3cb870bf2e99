/** Parts of a file in blocks, the latest of which are kept: neighbours need no request, and no reading, of their own. */
import type { ByteSource } from '../source.js';

const blockBytes = 2 ** 20;
const mostBlocks = 16;

export interface Blocks {
  /** The `slice` of a source. */
  slice(start: number, end: number): ByteSource;
  /** A copy, with what lies beyond the end left out. */
  bytes(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** @param size of the source, in bytes */
export function blocksOf(name: string, size: number, read: (start: number, end: number) => Promise<Uint8Array>): Blocks {
  const kept = new Map<number, Promise<Uint8Array>>();
  const block = (index: number): Promise<Uint8Array> => {
    const found = kept.get(index) ?? read(index * blockBytes, Math.min(size, (index + 1) * blockBytes));
    // What was asked for last is given up last.
    kept.delete(index);
    kept.set(index, found);
    found.catch(() => kept.delete(index));
    if (kept.size > mostBlocks) kept.delete(kept.keys().next().value as number);
    return found;
  };
  const part = (from: number, to: number): ByteSource => {
    const [start, end] = [Math.min(Math.max(0, from), size), Math.min(to, size)];
    return {
      name,
      size: Math.max(0, end - start),
      stream: () => {
        let place = start;
        return new ReadableStream<Uint8Array>(
          {
            async pull(controller) {
              if (place >= end) return controller.close();
              const index = Math.floor(place / blockBytes);
              const bytes = await block(index);
              const piece = bytes.slice(place - index * blockBytes, Math.min(bytes.length, end - index * blockBytes));
              if (piece.length === 0) return controller.close();
              place += piece.length;
              controller.enqueue(piece);
            },
          },
          { highWaterMark: 0 },
        );
      },
      slice: (inner, outer) => part(start + inner, Math.min(end, start + outer)),
    };
  };
  const bytes = async (from: number, to: number): Promise<Uint8Array<ArrayBuffer>> => {
    const [start, end] = [Math.min(Math.max(0, from), size), Math.min(to, size)];
    const copy = new Uint8Array(Math.max(0, end - start));
    for (let place = start; place < end; ) {
      const index = Math.floor(place / blockBytes);
      const piece = (await block(index)).subarray(place - index * blockBytes, end - index * blockBytes);
      // A file that has become shorter since.
      if (piece.length === 0) return copy.slice(0, place - start);
      copy.set(piece, place - start);
      place += piece.length;
    }
    return copy;
  };
  return { slice: part, bytes };
}
