/** Hashes of values for sketches: 53 bits, spread evenly, the same on every machine. Not for secrets. */

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/** Two 32-bit states to one number of 53 bits, each bit of the result depending on every bit of both. */
function finish(one: number, other: number): number {
  let a = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  let b = Math.imul(other ^ (other >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
  b = Math.imul(b ^ (b >>> 15), 0x297a2d39);
  a ^= a >>> 16;
  b ^= b >>> 14;
  return 4294967296 * (b & 0x1fffff) + (a >>> 0);
}

/** 0 and −0 are one value. */
export function hashNumber(value: number): number {
  number[0] = value + 0;
  return finish(Math.imul(words[0] ^ 0x9e3779b9, 0x85ebca77) ^ words[1], Math.imul(words[1] ^ 0x7f4a7c15, 0xc2b2ae3d) ^ words[0]);
}

export function hashText(text: string): number {
  let a = 0x6c078965 ^ text.length;
  let b = 0x41c64e6d ^ text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    a = (a << 13) | (a >>> 19);
    b = (b << 17) | (b >>> 15);
  }
  return finish(a, b);
}

/** Bytes from `start` to `end`. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let a = 0x6c078965;
  let b = 0x41c64e6d;
  for (let index = start; index < end; index++) {
    a = Math.imul(a ^ bytes[index], 0x01000193);
    b = Math.imul(b ^ bytes[index], 0x5f356495);
    b = (b << 11) | (b >>> 21);
  }
  return finish(a, b);
}
