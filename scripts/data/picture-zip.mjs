/** Grey pictures of 28 × 28 as zips of PNG files with a folder for each class: what the command line is given. */
import { renameSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

export const side = 28;

const crc = (bytes) => crc32(bytes) >>> 0;

function chunk(type, data) {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** A grey PNG, 8 bits, of 28 × 28 pixels row by row. */
function png(pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  const lines = Buffer.alloc(side * (side + 1));
  for (let line = 0; line < side; line++) pixels.copy(lines, line * (side + 1) + 1, line * side, (line + 1) * side);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
}

/** Files as they are, one behind the other. */
function zip(files) {
  const [bodies, contents] = [[], []];
  let offset = 0;
  for (const { path, bytes } of files) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset);
    bodies.push(Buffer.from('PK\x03\x04'), common, Buffer.from(path), bytes);
    contents.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(10), at, Buffer.from(path)]));
    offset += 30 + path.length + bytes.length;
  }
  const list = Buffer.concat(contents);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length % 65_536, 8);
  end.writeUInt16LE(files.length % 65_536, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

/** Writes the zip of pictures { label, pixels } whole, or not at all. */
export function writePictures(path, pictures) {
  const files = pictures.map(({ label, pixels }, index) => ({
    path: `class-${label}/${String(index).padStart(5, '0')}.png`,
    bytes: png(pixels),
  }));
  writeFileSync(`${path}.part`, zip(files));
  renameSync(`${path}.part`, path);
}
