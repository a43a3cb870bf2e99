/** The bytes of a file, as many as a model may have. */
import { joinedBytes } from '../../base/joined.js';
import { modelTooLarge, mostBytes } from './damaged.js';

/** @throws InputError `model-too-large`, before more is read */
export async function wholeOf(file: { stream(): ReadableStream<Uint8Array> }): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = file.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      bytes += next.value.length;
      if (bytes > mostBytes) throw modelTooLarge(bytes);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return joinedBytes(pieces);
}
