// Activations and their gradients, element by element. Buffers are padded to whole vectors, so that no loop needs a tail.
import { exponential, multiplyAdd } from './vector';

// The codes of src/compute/wasm/kernels.ts.
export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const TANH: i32 = 2;
export const SIGMOID: i32 = 3;
export const GELU: i32 = 4;
export const SILU: i32 = 5;
export const ELU: i32 = 6;
export const LEAKY_RELU: i32 = 7;

/** What a leaky relu lets through below zero. */
const LEAK: f32 = 0.01;

/** max(x, 0); NaN stays NaN, so that a diverged network shows. */
@inline
export function relu(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0));
}

/** Within 1e-7: Cephes' polynomial below 0.625, 1 − 2e/(1 + e) with e = exp(−2|x|) above. */
export function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  const magnitude = f32x4.abs(x);
  const decay = exponential(f32x4.mul(magnitude, f32x4.splat(-2)));
  const large = f32x4.sub(one, f32x4.div(f32x4.add(decay, decay), f32x4.add(one, decay)));
  const square = f32x4.mul(x, x);
  let sum = f32x4.splat(-5.70498872745e-3);
  sum = multiplyAdd(sum, square, f32x4.splat(2.06390887954e-2));
  sum = multiplyAdd(sum, square, f32x4.splat(-5.37397155531e-2));
  sum = multiplyAdd(sum, square, f32x4.splat(1.33314422036e-1));
  sum = multiplyAdd(sum, square, f32x4.splat(-3.33332819422e-1));
  const small = multiplyAdd(f32x4.mul(sum, square), x, x);
  const signed = v128.or(large, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(small, signed, f32x4.lt(magnitude, f32x4.splat(0.625)));
}

/** 1 / (1 + exp(−x)), within 1e-7; both sides use exp(−|x|), which cannot overflow. */
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const decay = exponential(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(decay, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(one, decay));
}

/** exp(−x²/2), shared by the normal distribution's two functions below. */
@inline
function bell(x: v128): v128 {
  return exponential(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/** The normal distribution function at x, within 1e-7 (Abramowitz and Stegun 7.1.26). */
@inline
function normalDistribution(x: v128, bellOfX: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, multiplyAdd(f32x4.abs(x), f32x4.splat(0.3275911 * 0.7071067811865476), one));
  let sum = f32x4.splat(0.5 * 1.061405429);
  sum = multiplyAdd(sum, t, f32x4.splat(0.5 * -1.453152027));
  sum = multiplyAdd(sum, t, f32x4.splat(0.5 * 1.421413741));
  sum = multiplyAdd(sum, t, f32x4.splat(0.5 * -0.284496736));
  sum = multiplyAdd(sum, t, f32x4.splat(0.5 * 0.254829592));
  const tail = f32x4.mul(f32x4.mul(sum, t), bellOfX);
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, f32x4.splat(0)));
}

/** One vector through an activation. GELU is the exact one, x Φ(x) (1606.08415). */
export function activateVector(activation: i32, x: v128): v128 {
  if (activation == RELU) return relu(x);
  if (activation == TANH) return tanh(x);
  if (activation == SIGMOID) return sigmoid(x);
  if (activation == GELU) return f32x4.mul(x, normalDistribution(x, bell(x)));
  if (activation == SILU) return f32x4.mul(x, sigmoid(x));
  if (activation == ELU) return v128.bitselect(x, exponentialMinus1(x), f32x4.gt(x, f32x4.splat(0)));
  if (activation == LEAKY_RELU) return v128.bitselect(x, f32x4.mul(x, f32x4.splat(LEAK)), f32x4.gt(x, f32x4.splat(0)));
  return x;
}

/** exp(x) − 1 for x ≤ 0: a series near zero, where the difference would lose its digits. */
function exponentialMinus1(x: v128): v128 {
  const negative = f32x4.min(x, f32x4.splat(0));
  const far = f32x4.sub(exponential(negative), f32x4.splat(1));
  let sum = f32x4.splat(1.0 / 720);
  sum = multiplyAdd(sum, negative, f32x4.splat(1.0 / 120));
  sum = multiplyAdd(sum, negative, f32x4.splat(1.0 / 24));
  sum = multiplyAdd(sum, negative, f32x4.splat(1.0 / 6));
  sum = multiplyAdd(sum, negative, f32x4.splat(0.5));
  const near = multiplyAdd(f32x4.mul(sum, negative), negative, negative);
  return v128.bitselect(near, far, f32x4.gt(negative, f32x4.splat(-0.5)));
}

/** The derivative: by the activation's output for the fused ones; by its input for gelu and silu. */
function derivative(activation: i32, value: v128): v128 {
  const one = f32x4.splat(1);
  if (activation == RELU) return v128.and(one, f32x4.gt(value, f32x4.splat(0)));
  if (activation == TANH) return f32x4.sub(one, f32x4.mul(value, value));
  if (activation == SIGMOID) return f32x4.mul(value, f32x4.sub(one, value));
  if (activation == GELU) {
    const bellOfX = bell(value);
    return multiplyAdd(f32x4.mul(value, f32x4.splat(0.3989422804014327)), bellOfX, normalDistribution(value, bellOfX));
  }
  if (activation == SILU) {
    const share = sigmoid(value);
    return f32x4.mul(share, f32x4.add(one, f32x4.mul(value, f32x4.sub(one, share))));
  }
  if (activation == ELU) return f32x4.add(one, f32x4.min(value, f32x4.splat(0)));
  if (activation == LEAKY_RELU) return v128.bitselect(one, f32x4.splat(LEAK), f32x4.gt(value, f32x4.splat(0)));
  return one;
}

/** output[i] = activation(input[i]); both may be the same buffer. */
export function activate(activation: i32, input: usize, output: usize, count: i32): void {
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 16) {
    v128.store(output + offset, activateVector(activation, v128.load(input + offset)));
  }
}

/** gradient[i] ×= the activation's derivative at `value[i]`. */
export function activateGradient(activation: i32, value: usize, gradient: usize, count: i32): void {
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 16) {
    v128.store(gradient + offset, f32x4.mul(v128.load(gradient + offset), derivative(activation, v128.load(value + offset))));
  }
}
