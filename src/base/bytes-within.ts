/** A stream read whole, where it is not too long to be. */
import { joinedBytes } from './joined.js';

/**
 * Nothing of it goes on being read afterwards, however it ends.
 * @param tooMany makes what is thrown where there are more than `most`, before more is read
 */
export async function bytesWithin(
  stream: ReadableStream<Uint8Array>,
  most: number,
  tooMany: (bytes: number) => Error,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      bytes += next.value.length;
      if (bytes > most) throw tooMany(bytes);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return joinedBytes(pieces);
}
