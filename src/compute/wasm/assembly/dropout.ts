// Dropout by a counter: whether element `index` is kept is a hash of the index and a key, so that nothing is stored, the
// backward pass asks again, and src/compute/plan/dropout.ts gives every other device the very same mask.

/** The finalizer of MurmurHash3 (Appleby) on four words. */
@inline
function scramble(word: v128): v128 {
  word = v128.xor(word, i32x4.shr_u(word, 16));
  word = i32x4.mul(word, i32x4.splat(0x85ebca6b));
  word = v128.xor(word, i32x4.shr_u(word, 13));
  word = i32x4.mul(word, i32x4.splat(0xc2b2ae35));
  return v128.xor(word, i32x4.shr_u(word, 16));
}

/**
 * output[i] = kept(i) ? input[i] × scale : 0; both may be the same buffer. The gradient is the same function of the gradient.
 * @param first the index of the first element: those of a part of a batch are counted in the whole
 * @param threshold an element is kept when its hash, of 32 bits, is not below it
 */
export function dropout(input: usize, output: usize, count: i32, first: i32, key: u32, threshold: u32, scale: f32): void {
  const limit = i32x4.splat(threshold);
  const factor = f32x4.splat(scale);
  const four = i32x4.splat(4);
  let index = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(first));
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 16) {
    const word = scramble(v128.xor(i32x4.mul(index, i32x4.splat(0x9e3779b1)), i32x4.splat(key)));
    const kept = i32x4.ge_u(word, limit);
    v128.store(output + offset, v128.and(f32x4.mul(v128.load(input + offset), factor), kept));
    index = i32x4.add(index, four);
  }
}
