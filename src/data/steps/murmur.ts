/** MurmurHash3, x86, 32 bits (Appleby, public domain), of a text's UTF-8 with seed 0: the hash that scikit-learn's hashers use. */

const encoder = new TextEncoder();

export function murmur3(text: string, seed = 0): number {
  const bytes = encoder.encode(text);
  const blocks = bytes.length & ~3;
  let hash = seed;
  for (let place = 0; place < blocks; place += 4) {
    hash ^= scrambled(bytes[place] | (bytes[place + 1] << 8) | (bytes[place + 2] << 16) | (bytes[place + 3] << 24));
    hash = (Math.imul(rotateLeft(hash, 13), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let place = bytes.length - 1; place >= blocks; place--) tail = (tail << 8) | bytes[place];
  if (bytes.length > blocks) hash ^= scrambled(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const scrambled = (block: number): number => Math.imul(rotateLeft(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);

/** The input that a text sets, and to what: the hash's absolute value modulo `features`, with the hash's sign. */
export function hashedFeature(text: string, features: number): { position: number; sign: 1 | -1 } {
  const hash = murmur3(text);
  return { position: Math.abs(hash) % features, sign: hash >= 0 ? 1 : -1 };
}
