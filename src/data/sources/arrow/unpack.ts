/** Packed buffers of Arrow: LZ4 in frames, which may look back into the frame's earlier blocks, or zstd; each with its length before it. */
import { InputError } from '../../../base/errors.js';

/** Bytes of one buffer, unpacked. */
const largestBuffer = 2 ** 29;

/** @param codec 0 is LZ4, 1 is zstd; @throws RangeError where it is damaged */
export async function unpacker(codec: number, file: string): Promise<(bytes: Uint8Array) => Uint8Array> {
  if (codec !== 0 && codec !== 1) {
    throw new InputError('unknown-codec', `${file} is packed in a way that Arrow does not name (${codec}).`, {
      advice: 'Write it anew with LZ4, zstd or without packing.',
      place: { file },
    });
  }
  const { decompressZstd } = codec === 1 ? await import('hyparquet-compressors') : { decompressZstd: undefined };
  return (bytes) => {
    if (bytes.length === 0) return bytes;
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true));
    const packed = bytes.subarray(8);
    // What would not have become smaller is left as it is.
    if (length === -1) return packed.slice();
    if (length < 0 || length > largestBuffer) throw new RangeError(`A buffer of ${length} bytes.`);
    const output = new Uint8Array(length);
    if (!decompressZstd) unframe(packed, output);
    else if (decompressZstd(packed, output).length !== length) throw new RangeError('A buffer is shorter than it says.');
    return output;
  };
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md */
function unframe(input: Uint8Array, output: Uint8Array): void {
  const data = view(input);
  if (data.getUint32(0, true) !== 0x184d2204) throw new RangeError('No LZ4 frame.');
  const flags = data.getUint8(4);
  const hasBlockChecksum = (flags & 0x10) !== 0;
  let place = 7 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
  let written = 0;
  for (;;) {
    const size = data.getUint32(place, true);
    place += 4;
    if (size === 0) break;
    const length = size & 0x7fffffff;
    if (place + length > input.length) throw new RangeError('A block leads out of its frame.');
    const block = input.subarray(place, place + length);
    if (size >= 0x80000000) {
      output.set(block, written);
      written += length;
    } else written = unblock(block, output, written);
    place += length + (hasBlockChecksum ? 4 : 0);
  }
  if (written !== output.length) throw new RangeError('A buffer is shorter than it says.');
}

/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */
function unblock(input: Uint8Array, output: Uint8Array, from: number): number {
  let place = 0;
  let written = from;
  const more = (length: number): number => {
    let sum = length;
    if (length !== 15) return sum;
    for (let byte = 255; byte === 255; ) {
      if (place >= input.length) throw new RangeError('A block ends too early.');
      byte = input[place++];
      sum += byte;
    }
    return sum;
  };
  while (place < input.length) {
    const token = input[place++];
    const literals = more(token >> 4);
    if (place + literals > input.length) throw new RangeError('A block ends too early.');
    output.set(input.subarray(place, place + literals), written);
    place += literals;
    written += literals;
    if (place >= input.length) break;
    const back = input[place] | (input[place + 1] << 8);
    place += 2;
    const length = more(token & 15) + 4;
    if (!(back > 0) || back > written || written + length > output.length) throw new RangeError('A block copies what is not there.');
    if (back >= length) output.copyWithin(written, written - back, written - back + length);
    else for (let index = 0; index < length; index++) output[written + index] = output[written - back + index];
    written += length;
  }
  return written;
}
