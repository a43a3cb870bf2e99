/** Which elements dropout keeps: a hash of seed, step, layer and element, so that every device, and a resumed run, drops the same. */

/** The finalizer of MurmurHash3 (Appleby): every bit of the word moves every bit of the answer. */
function scramble(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

/** What a layer's mask in one step hangs on. `step` counts the steps taken before. */
export function dropoutKey(seed: number, step: number, layer: number): number {
  const words = [seed, Math.floor(seed / 2 ** 32), step, Math.floor(step / 2 ** 32), layer];
  return words.reduce((key, word) => scramble(key ^ Math.imul((word + 1) | 0, 0x9e3779b1)), 0);
}

/** An element is kept when its hash, of 32 bits, is not below this. */
export const dropoutThreshold = (rate: number): number => Math.floor(rate * 2 ** 32);

/**
 * [count] of 1 / (1 − rate) where an element is kept and 0 elsewhere. The same function as the kernel in wasm/assembly/dropout.ts.
 * @param first the index of the first element: those of a part of a batch are counted in the whole
 */
export function dropoutMask(key: number, rate: number, count: number, first = 0): Float32Array<ArrayBuffer> {
  const threshold = dropoutThreshold(rate);
  const scale = 1 / (1 - rate);
  const mask = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    if (scramble(Math.imul(first + index, 0x9e3779b1) ^ key) >= threshold) mask[index] = scale;
  }
  return mask;
}
