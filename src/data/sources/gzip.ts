/** Unpacking gzip with the platform's own decompressor, and with a limit on how large a small file may become. */
import { BenchwrightError, InputError } from '../../base/errors.js';

/** Tables pack 3 to 20 times; the format's own most is about 1,030 times, which only a bomb reaches. */
const largestRatio = 200;

/** Below this many unpacked bytes a high ratio does no harm. */
const harmlessBytes = 16 * 2 ** 20;

export const isBomb = (unpackedBytes: number, packedBytes: number): boolean =>
  unpackedBytes > harmlessBytes && unpackedBytes > packedBytes * largestRatio;

export const unpacksTooLarge = (name: string): InputError =>
  new InputError('unpacks-too-large', `${name} unpacks to more than ${largestRatio} times its size.`, {
    advice: 'It is not a packed table, or one of hardly anything but repeats. Unpack it and open the result.',
    place: { file: name },
  });

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** @throws InputError `damaged-file` or `unpacks-too-large` */
export async function* gunzip(packed: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let packedBytes = 0;
  let unpackedBytes = 0;
  const input = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await packed.next();
      if (next.done) return controller.close();
      packedBytes += next.value.length;
      controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await packed.return(undefined);
    },
  });
  const reader = input.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      unpackedBytes += value.length;
      if (isBomb(unpackedBytes, packedBytes)) throw unpacksTooLarge(name);
      if (value.length > 0) yield value;
    }
  } catch (cause) {
    if (cause instanceof BenchwrightError) throw cause;
    throw new InputError('damaged-file', `${name} is packed with gzip, but damaged or cut off after ${packedBytes} bytes.`, {
      advice: 'Download or copy it again.',
      cause,
      place: { file: name, byte: packedBytes },
    });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
