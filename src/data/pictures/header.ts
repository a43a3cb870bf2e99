/** What a picture file says of itself in its first bytes. Found out by these, not by its name. */
import type { PictureFormat } from './decoder.js';

export interface PictureHeader {
  format: PictureFormat;
  height: number;
  width: number;
  /** Whether it has no colours. */
  grey: boolean;
}

/** As many bytes as hold the header of nearly every file; cameras put a preview of at most 64 KiB first. */
export const headerBytes = 2 ** 17;

/** @returns nothing where the bytes begin as no picture does */
export function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  const word = (offset: number): number => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);
  if (bytes.length >= 8 && word(0) === 0x89504e47 && word(4) === 0x0d0a1a0a) return 'png';
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  return bytes.length >= 12 && word(0) === 0x52494646 && word(8) === 0x57454250 ? 'webp' : undefined;
}

/** @returns nothing where the bytes do not begin as a picture, or end before its size is told */
export function readHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = formatOf(bytes);
  if (format === 'png' && bytes.length >= 26) return pngHeader(view);
  if (format === 'jpeg') return jpegHeader(view);
  return format === 'webp' && bytes.length >= 30 ? webpHeader(view) : undefined;
}

/** Colour types 0 and 4 are grey, without and with opacity. */
const pngHeader = (view: DataView): PictureHeader => ({
  format: 'png',
  width: view.getUint32(16),
  height: view.getUint32(20),
  grey: (view.getUint8(25) & 3) === 0,
});

/** Goes from segment to segment to the one that begins a frame. */
function jpegHeader(view: DataView): PictureHeader | undefined {
  let offset = 2;
  while (offset + 9 < view.byteLength) {
    if (view.getUint8(offset) !== 0xff) return undefined;
    const marker = view.getUint8(offset + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      return {
        format: 'jpeg',
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
        grey: view.getUint8(offset + 9) === 1,
      };
    }
    offset += marker === 0xff ? 1 : 2 + view.getUint16(offset + 2);
  }
  return undefined;
}

/** Its three forms: lossy, lossless and extended. */
function webpHeader(view: DataView): PictureHeader | undefined {
  const form = view.getUint32(12);
  const found = (width: number, height: number): PictureHeader => ({ format: 'webp', width, height, grey: false });
  if (form === 0x56503820) return found(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  if (form === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return found((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (form !== 0x56503858) return undefined;
  const three = (offset: number): number => view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16);
  return found(three(24) + 1, three(27) + 1);
}
