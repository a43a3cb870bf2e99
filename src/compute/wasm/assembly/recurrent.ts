// The gates of a gated recurrent unit, one step of time for all rows. The products with the weights are matrix products before and after.
import { sigmoid, tanh } from './activation';

/** Four numbers, or one in every lane at the end of a row: both go through the same arithmetic. */
@inline
function read(address: usize, isSingle: bool): v128 {
  return isSingle ? v128.load32_splat(address) : v128.load(address);
}

@inline
function write(address: usize, value: v128, isSingle: bool): void {
  if (isSingle) v128.store32_lane(address, value, 0);
  else v128.store(address, value);
}

@inline
function gates(
  projected: usize, recurrent: usize, candidate: usize, previous: usize, next: usize, offset: usize, unitBytes: usize, isSingle: bool,
): void {
  const updates = projected + offset, resets = updates + unitBytes, news = resets + unitBytes;
  const product = recurrent + offset;
  const z = sigmoid(f32x4.add(read(updates, isSingle), read(product, isSingle)));
  const r = sigmoid(f32x4.add(read(resets, isSingle), read(product + unitBytes, isSingle)));
  const q = read(product + 2 * unitBytes, isSingle);
  const n = tanh(f32x4.add(read(news, isSingle), f32x4.mul(r, q)));
  const state = read(previous + offset, isSingle);
  write(updates, z, isSingle);
  write(resets, r, isSingle);
  write(news, n, isSingle);
  write(candidate + offset, q, isSingle);
  write(next + offset, f32x4.add(f32x4.mul(z, state), f32x4.mul(f32x4.sub(f32x4.splat(1), z), n)), isSingle);
}

/**
 * One step: `projected` [rows, 3 · units] of x · W + b becomes the gates z, r and n; `candidate` [rows, units] keeps h · Un + cn; `next` is the new
 * state, or `previous` where the place does not count.
 * @param recurrent [rows, 3 · units] of h · U + c, without gaps
 * @param gateStride,stateStride,nextStride,maskStride floats between rows of projected; of candidate and previous; of next; of mask
 * @param mask 0 where all places count
 */
export function recurrentStep(
  projected: usize, recurrent: usize, candidate: usize, previous: usize, next: usize, mask: usize, rows: i32, units: i32,
  gateStride: i32, stateStride: i32, nextStride: i32, maskStride: i32,
): void {
  const unitBytes = (<usize>units) << 2;
  const whole = unitBytes & ~15;
  for (let row = 0; row < rows; row++) {
    if (mask && load<f32>(mask) == 0) {
      memory.copy(next, previous, unitBytes);
    } else {
      let offset: usize = 0;
      for (; offset < whole; offset += 16) gates(projected, recurrent, candidate, previous, next, offset, unitBytes, false);
      for (; offset < unitBytes; offset += 4) gates(projected, recurrent, candidate, previous, next, offset, unitBytes, true);
    }
    projected += (<usize>gateStride) << 2;
    recurrent += 3 * unitBytes;
    candidate += (<usize>stateStride) << 2;
    previous += (<usize>stateStride) << 2;
    next += (<usize>nextStride) << 2;
    if (mask) mask += (<usize>maskStride) << 2;
  }
}

@inline
function slopes(
  projected: usize, candidate: usize, previous: usize, gradient: usize, carry: usize, back: usize, offset: usize, unitBytes: usize, isSingle: bool,
): void {
  const one = f32x4.splat(1);
  const updates = projected + offset, resets = updates + unitBytes, news = resets + unitBytes;
  const z = read(updates, isSingle), r = read(resets, isSingle), n = read(news, isSingle);
  const q = read(candidate + offset, isSingle);
  let slope = back ? f32x4.add(read(carry + offset, isSingle), read(back + offset, isSingle)) : f32x4.splat(0);
  if (gradient) slope = f32x4.add(slope, read(gradient + offset, isSingle));
  const kept = f32x4.sub(one, z);
  const byZ = f32x4.mul(f32x4.mul(slope, f32x4.sub(read(previous + offset, isSingle), n)), f32x4.mul(z, kept));
  const byN = f32x4.mul(f32x4.mul(slope, kept), f32x4.sub(one, f32x4.mul(n, n)));
  const byR = f32x4.mul(f32x4.mul(byN, q), f32x4.mul(r, f32x4.sub(one, r)));
  write(updates, byZ, isSingle);
  write(resets, byR, isSingle);
  write(news, f32x4.mul(byN, r), isSingle);
  write(candidate + offset, byN, isSingle);
  write(carry + offset, f32x4.mul(slope, z), isSingle);
}

/**
 * The way back of one step. In `projected` the gates become the gradients by h · U + c: those of z, of r and of Un's product; in `candidate`
 * stands afterwards that by x · Wn + bn, whose other parts are the same. `carry` is what reaches the state before by z alone.
 * @param gradient by this step's output, 0 where there is none
 * @param back [rows, units] by this step's state through the products of the step after it; 0 in the last step, which has no `carry` either
 */
export function recurrentStepGradient(
  projected: usize, candidate: usize, previous: usize, gradient: usize, carry: usize, back: usize, mask: usize, rows: i32, units: i32,
  gateStride: i32, stateStride: i32, gradientStride: i32, maskStride: i32,
): void {
  const unitBytes = (<usize>units) << 2;
  const whole = unitBytes & ~15;
  for (let row = 0; row < rows; row++) {
    if (mask && load<f32>(mask) == 0) {
      memory.fill(projected, 0, 3 * unitBytes);
      memory.fill(candidate, 0, unitBytes);
      for (let offset: usize = 0; offset < unitBytes; offset += 4) {
        const kept: f32 = back ? load<f32>(carry + offset) + load<f32>(back + offset) : 0;
        store<f32>(carry + offset, gradient ? kept + load<f32>(gradient + offset) : kept);
      }
    } else {
      let offset: usize = 0;
      for (; offset < whole; offset += 16) slopes(projected, candidate, previous, gradient, carry, back, offset, unitBytes, false);
      for (; offset < unitBytes; offset += 4) slopes(projected, candidate, previous, gradient, carry, back, offset, unitBytes, true);
    }
    projected += (<usize>gateStride) << 2;
    candidate += (<usize>stateStride) << 2;
    previous += (<usize>stateStride) << 2;
    if (gradient) gradient += (<usize>gradientStride) << 2;
    carry += unitBytes;
    if (back) back += unitBytes;
    if (mask) mask += (<usize>maskStride) << 2;
  }
}
