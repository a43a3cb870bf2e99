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

/** Packed bytes that are given away at a time. Node would else take all there are: a bomb as a whole, and a large file into memory. */
const pieceBytes = 2 ** 14;

/** @throws InputError `damaged-file` or `unpacks-too-large` */
export async function* gunzip(packed: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let packedBytes = 0;
  let unpackedBytes = 0;
  const { readable, writable } = new DecompressionStream('gzip');
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  const feeding = feed().catch(async (cause: unknown) => {
    await writer.abort(cause).catch(() => undefined);
    return cause;
  });

  /** A written piece is waited for: a pipe would go by what a platform says it has room for. */
  async function feed(): Promise<undefined> {
    for await (const piece of packed) {
      for (let start = 0; start < piece.length; start += pieceBytes) {
        const given = piece.slice(start, start + pieceBytes) as Uint8Array<ArrayBuffer>;
        packedBytes += given.length;
        await writer.write(given);
      }
    }
    await writer.close();
  }

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
    // What the bytes come from may be what failed, and knows better why.
    await packed.return(undefined);
    const failed = await feeding;
    if (failed instanceof BenchwrightError) throw failed;
    throw new InputError('damaged-file', `${name} is packed with gzip, but damaged or cut off after ${packedBytes} bytes.`, {
      advice: 'Download or copy it again.',
      cause,
      place: { file: name, byte: packedBytes },
    });
  } finally {
    await reader.cancel().catch(() => undefined);
    await packed.return(undefined);
  }
}
