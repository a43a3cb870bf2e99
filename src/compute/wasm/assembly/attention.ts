// Scaled dot-product attention (1706.03762): shares = softmax(q · kᵀ · scale), mixed = shares · v, head by head. Queries, keys and values lie
// side by side at each place: [rows, places, 3, heads, size]. The products are gemm's, read through their strides; what it writes without
// gaps goes through scratch.
import { copyColumns } from './branches';
import { gemm } from './gemm';
import { maximumOf, shiftedExponentials } from './loss';

/**
 * @param shares [rows, heads, places, places], kept for the way back
 * @param mask [rows, places], or 0 where all places count
 * @param scratch floats: places × size
 */
export function attend(
  joined: usize, shares: usize, output: usize, mask: usize, rows: i32, places: i32, heads: i32, size: i32, isCausal: bool,
  scratch: usize, gemmScratch: usize,
): void {
  const channels = heads * size;
  const stride = 3 * channels;
  const scale = <f32>(1 / Math.sqrt(<f64>size));
  const sharesBytes = (<usize>(places * places)) << 2;
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++, shares += sharesBytes) {
      const query = joined + ((<usize>(head * size)) << 2);
      const key = query + ((<usize>channels) << 2);
      const value = key + ((<usize>channels) << 2);
      gemm(query, stride, 1, key, 1, stride, shares, places, places, size, gemmScratch, 0, 0);
      turnToShares(shares, mask, places, scale, isCausal);
      gemm(shares, places, 1, value, stride, 1, scratch, places, size, places, gemmScratch, 0, 0);
      copyColumns(scratch, size, output + ((<usize>(head * size)) << 2), channels, places, size);
    }
    joined += (<usize>(places * stride)) << 2;
    output += (<usize>(places * channels)) << 2;
    if (mask) mask += (<usize>places) << 2;
  }
}

/** Each row of [places, places] becomes its softmax over the places that count; zeros where none does. */
function turnToShares(scores: usize, mask: usize, places: i32, scale: f32, isCausal: bool): void {
  const bytes = (<usize>places) << 2;
  for (let place = 0; place < places; place++, scores += bytes) {
    const last = isCausal ? place + 1 : places;
    multiply(scores, bytes, scale);
    let count = last;
    if (mask || isCausal) count = hide(scores, mask, places, last);
    if (count == 0) {
      memory.fill(scores, 0, bytes);
      continue;
    }
    multiply(scores, bytes, <f32>(1 / shiftedExponentials(scores, scores, places, maximumOf(scores, places))));
  }
}

/** Minus infinity for what does not count; answers how many do. */
function hide(scores: usize, mask: usize, places: i32, last: i32): i32 {
  let count = 0;
  for (let other = 0; other < places; other++) {
    const offset = (<usize>other) << 2;
    if (other < last && (!mask || load<f32>(mask + offset) != 0)) count++;
    else store<f32>(scores + offset, -Infinity);
  }
  return count;
}

@inline
function multiply(values: usize, bytes: usize, factor: f32): void {
  const whole = bytes & ~15;
  const factors = f32x4.splat(factor);
  let offset: usize = 0;
  for (; offset < whole; offset += 16) v128.store(values + offset, f32x4.mul(v128.load(values + offset), factors));
  for (; offset < bytes; offset += 4) store<f32>(values + offset, load<f32>(values + offset) * factor);
}

/**
 * joinedGradient = the gradients by queries, keys and values. `shares` are used up.
 * @param scratch floats: places × size, places × places
 */
export function attendGradient(
  joined: usize, shares: usize, gradient: usize, joinedGradient: usize, rows: i32, places: i32, heads: i32, size: i32,
  scratch: usize, gemmScratch: usize,
): void {
  const channels = heads * size;
  const stride = 3 * channels;
  const scale = <f32>(1 / Math.sqrt(<f64>size));
  const channelBytes = (<usize>channels) << 2;
  const sharesBytes = (<usize>(places * places)) << 2;
  const byShares = scratch + ((<usize>(places * size)) << 2);
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++, shares += sharesBytes) {
      const offset = (<usize>(head * size)) << 2;
      const query = joined + offset, key = query + channelBytes, value = key + channelBytes;
      const slope = gradient + offset;
      const target = joinedGradient + offset;
      gemm(shares, 1, places, slope, channels, 1, scratch, places, size, places, gemmScratch, 0, 0);
      copyColumns(scratch, size, target + 2 * channelBytes, stride, places, size);
      gemm(slope, channels, 1, value, 1, stride, byShares, places, places, size, gemmScratch, 0, 0);
      turnToScoreSlopes(shares, byShares, places, scale);
      gemm(shares, places, 1, key, stride, 1, scratch, places, size, places, gemmScratch, 0, 0);
      copyColumns(scratch, size, target, stride, places, size);
      gemm(shares, 1, places, query, stride, 1, scratch, places, size, places, gemmScratch, 0, 0);
      copyColumns(scratch, size, target + channelBytes, stride, places, size);
    }
    joined += (<usize>(places * stride)) << 2;
    joinedGradient += (<usize>(places * stride)) << 2;
    gradient += (<usize>(places * channels)) << 2;
  }
}

/** shares = scale · shares ∘ (byShares − the sum of shares ∘ byShares in each row) */
function turnToScoreSlopes(shares: usize, byShares: usize, places: i32, scale: f32): void {
  const bytes = (<usize>places) << 2;
  for (let place = 0; place < places; place++, shares += bytes, byShares += bytes) {
    let sum: f64 = 0;
    for (let offset: usize = 0; offset < bytes; offset += 4) sum += <f64>load<f32>(shares + offset) * <f64>load<f32>(byShares + offset);
    const common = <f32>sum;
    let offset: usize = 0;
    for (const whole = bytes & ~15; offset < whole; offset += 16) {
      const distance = f32x4.sub(v128.load(byShares + offset), f32x4.splat(common));
      v128.store(shares + offset, f32x4.mul(f32x4.mul(v128.load(shares + offset), distance), f32x4.splat(scale)));
    }
    for (; offset < bytes; offset += 4) {
      store<f32>(shares + offset, load<f32>(shares + offset) * (load<f32>(byShares + offset) - common) * scale);
    }
  }
}
