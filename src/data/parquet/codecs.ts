/** Unpacking a page. Whatever it is packed with, no more comes out than the page's header says, and that is bounded. */
import { Damage, unsupported } from './damage.js';

/** By the numbers that the format gives them. */
const names = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'] as const;

export type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

/** @throws InputError `unsupported-parquet` */
export async function unpackerFor(codec: number, file: string): Promise<Unpack> {
  const name = names[codec];
  if (name === 'UNCOMPRESSED') return (bytes, length) => exactly(bytes, length);
  // 73 KB, and only files that are packed need them.
  const { compressors, decompressZstd } = await import('hyparquet-compressors');
  // Given where to write, it cannot be talked into more.
  if (name === 'ZSTD') return (packed, length) => exactly(decompressZstd(packed, new Uint8Array(length)), length);
  const unpack = name && compressors[name];
  if (!unpack) throw unsupported(file, `is packed with ${name ?? `codec ${codec}`}`, 'Write it anew with ZSTD, Snappy or gzip.');
  return (packed, length) => exactly(unpack(packed, length), length);
}

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new Damage(`a page unpacks to ${bytes.length} bytes, and its header says ${length}`);
  return bytes;
}
