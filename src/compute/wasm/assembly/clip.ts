// Gradients held back: number by number, or all together by their Euclidean length. Buffers are padded to whole vectors.

/** Every number to [−limit, limit]; NaN stays NaN. */
export function clipByValue(values: usize, count: i32, limit: f64): void {
  const most = f32x4.splat(<f32>limit);
  const least = f32x4.neg(most);
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 16) {
    v128.store(values + offset, f32x4.max(f32x4.min(v128.load(values + offset), most), least));
  }
}

/**
 * values ×= min(1, limit / (length + 1e-6)), as PyTorch's clip_grad_norm_; NaN where the length is one, or infinite. The length is summed up in
 * double precision, in an order that depends on the count alone.
 */
export function clipByNorm(values: usize, count: i32, limit: f64): void {
  const end = (<usize>count) << 2;
  const whole = end & ~15;
  let low = f64x2.splat(0), high = f64x2.splat(0);
  let offset: usize = 0;
  for (; offset < whole; offset += 16) {
    const four = v128.load(values + offset);
    const first = f64x2.promote_low_f32x4(four);
    const second = f64x2.promote_low_f32x4(v128.shuffle<f64>(four, four, 1, 1));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  const sums = f64x2.add(low, high);
  let squares = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; offset < end; offset += 4) {
    const value = <f64>load<f32>(values + offset);
    squares += value * value;
  }
  const factor = limit / (Math.sqrt(squares) + 1e-6);
  if (factor >= 1) return;
  const shrink = f32x4.splat(<f32>factor);
  for (offset = 0; offset < end; offset += 16) v128.store(values + offset, f32x4.mul(v128.load(values + offset), shrink));
}
