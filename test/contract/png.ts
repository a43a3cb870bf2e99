/** Writes pictures as PNG files, so that tests read real ones through the real decoder. */
import { crc32, deflateSync } from 'node:zlib';
import type { Picture } from '../../src/data/table.js';

const colourTypes = { 1: 0, 3: 2, 4: 6 } as const;

/** Eight bits a channel, no filter (PNG specification, 2nd edition). */
export function png({ height, width, channels, pixels }: Picture): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colourTypes[channels], 0, 0, 0], 8);
  const line = width * channels;
  const lines = Array.from({ length: height }, (_, row) => Buffer.from([0, ...pixels.subarray(row * line, (row + 1) * line)]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(lines))), chunk('IEND', Buffer.alloc(0))];
  return Uint8Array.from(Buffer.concat([signature, ...chunks]));
}

function chunk(name: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
