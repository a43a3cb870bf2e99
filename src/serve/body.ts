/** A request's body, read no further than it may be long. */
import { joined } from '../data/pictures/bytes-of.js';
import { bodyTooLarge } from './problems.js';

/** @throws InputError `body-too-large` */
export async function readBody(request: Request, most: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw bodyTooLarge(most);
  const reader = (request.body as ReadableStream<Uint8Array> | null)?.getReader();
  if (!reader) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) {
      await reader.cancel();
      throw bodyTooLarge(most);
    }
    pieces.push(next.value);
  }
  return joined(pieces);
}
