/** A request's body, read no further than it may be long. */
import { joinedBytes } from '../base/joined.js';
import { bodyTooLarge } from './problems.js';

/** In memory of its own, so that it can be moved. @throws InputError `body-too-large` */
export async function readBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw bodyTooLarge(most);
  // A browser that gives no stream of it has it in memory already.
  if (!request.body) return within(new Uint8Array(await request.arrayBuffer()), most);
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) {
      // Left where it is: to cancel it would end the connection before the answer.
      reader.releaseLock();
      throw bodyTooLarge(most);
    }
    pieces.push(next.value);
  }
  return joinedBytes(pieces);
}

function within<Bytes extends Uint8Array>(bytes: Bytes, most: number): Bytes {
  if (bytes.length > most) throw bodyTooLarge(most);
  return bytes;
}
