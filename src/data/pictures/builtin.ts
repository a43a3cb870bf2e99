/** Built-in pictures: pairs of IDX files, gzipped, one pair for each part. */

import { throwIfAborted } from '../../base/abort.js';
import { joinedBytes } from '../../base/joined.js';
import type { PictureSize } from '../../spec/field.js';
import type { BuiltinDescription, ByteSource, ReadBuiltin } from '../source.js';
import { gunzip, isGzip } from '../sources/gzip.js';
import { type IdxArray, parseIdx } from './idx.js';
import type { PictureItem, PictureSource } from './item.js';

export type BuiltinPictures = NonNullable<BuiltinDescription['pictures']>;

export async function openBuiltinPictures(
  name: string,
  { size, classes, parts }: BuiltinPictures,
  readBuiltin: ReadBuiltin,
  signal?: AbortSignal,
): Promise<PictureSource> {
  const files = await Promise.all(
    parts.map(async ({ part, pictures, labels }) => ({ part, pictures: await readBuiltin(pictures), labels: await readBuiltin(labels) })),
  );
  const bytes = files.reduce((sum, { pictures, labels }) => sum + (pictures.size ?? 0) + (labels.size ?? 0), 0);
  return { name, size, has: { label: true, part: true, file: false }, bytes, items: itemsOf(), warnings: () => [] };

  async function* itemsOf(): AsyncGenerator<PictureItem> {
    let read = 0;
    for (const { part, pictures, labels } of files) {
      throwIfAborted(signal);
      const [pixels, codes] = [await idxOf(pictures, `${name} pictures`), await idxOf(labels, `${name} labels`)];
      const length = lengthOf(size);
      const [count] = pixels.extents;
      const share = ((pictures.size ?? 0) + (labels.size ?? 0)) / count;
      for (let index = 0; index < count; index++) {
        yield {
          pixels: pixels.values.subarray(index * length, (index + 1) * length),
          label: classes[codes.values[index]],
          part,
          bytes: Math.round(read + (index + 1) * share),
        };
      }
      read += count * share;
    }
  }
}

const lengthOf = ({ height, width, channels }: PictureSize): number => height * width * channels;

/** Our own files, of which a test knows how many pictures they hold. */
async function idxOf(file: ByteSource, name: string): Promise<IdxArray> {
  const packed = await bytesOf(file.stream());
  return parseIdx(isGzip(packed) ? joinedBytes(await all(gunzip(once(packed), name))) : packed, name);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const list: Uint8Array[] = [];
  for await (const piece of pieces) list.push(piece);
  return list;
}
