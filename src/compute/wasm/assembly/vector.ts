// Arithmetic on four 32-bit floats at once, and the elementary functions that the platform would compute differently from host
// to host: here every host gets the same bits. Multiplication and addition stay two roundings (no fused multiply-add).

@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * e to the power of x, for x ≤ 0: two ulp; below −87.33 (where floats turn subnormal) zero; NaN stays NaN.
 * Range reduction by ln 2 in two parts and a polynomial of degree 5, with the coefficients of Cephes' expf (Moshier).
 */
export function exponential(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-87.33));
  const power = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504088896341)));
  let rest = f32x4.sub(bounded, f32x4.mul(power, f32x4.splat(0.693359375)));
  rest = f32x4.sub(rest, f32x4.mul(power, f32x4.splat(-2.12194440e-4)));
  let sum = f32x4.splat(1.9875691500e-4);
  sum = multiplyAdd(sum, rest, f32x4.splat(1.3981999507e-3));
  sum = multiplyAdd(sum, rest, f32x4.splat(8.3334519073e-3));
  sum = multiplyAdd(sum, rest, f32x4.splat(4.1665795894e-2));
  sum = multiplyAdd(sum, rest, f32x4.splat(1.6666665459e-1));
  sum = multiplyAdd(sum, rest, f32x4.splat(5.0000001201e-1));
  sum = f32x4.add(multiplyAdd(sum, f32x4.mul(rest, rest), rest), f32x4.splat(1));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(sum, scale), f32x4.lt(x, f32x4.splat(-87.33)));
}

/** The natural logarithm of x ≥ 1, in double precision: 2 artanh((m − 1) / (m + 1)) over the mantissa m in [√½, √2). */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let series: f64 = 1.0 / 15;
  for (let odd = 13; odd >= 1; odd -= 2) series = series * square + 1.0 / <f64>odd;
  return <f64>exponent * 0.6931471805599453 + 2 * ratio * series;
}
