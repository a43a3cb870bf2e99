// Losses with their gradients, and the softmax that turns logits into probabilities.
import { exponential, logarithm } from './vector';

/** output = exp(logits − maximum) for one row; answers the sum. The maximum itself is subtracted, so nothing overflows. Both may be the same buffer. */
export function shiftedExponentials(logits: usize, output: usize, width: i32, maximum: f32): f64 {
  const shift = f32x4.splat(maximum);
  let sum: f64 = 0;
  let column = 0;
  for (; column + 4 <= width; column += 4) {
    const offset = (<usize>column) << 2;
    const powers = exponential(f32x4.sub(v128.load(logits + offset), shift));
    v128.store(output + offset, powers);
    sum += <f64>f32x4.extract_lane(powers, 0) + <f64>f32x4.extract_lane(powers, 1);
    sum += <f64>f32x4.extract_lane(powers, 2) + <f64>f32x4.extract_lane(powers, 3);
  }
  for (; column < width; column++) {
    const offset = (<usize>column) << 2;
    const power = f32x4.extract_lane(exponential(f32x4.sub(f32x4.splat(load<f32>(logits + offset)), shift)), 0);
    store<f32>(output + offset, power);
    sum += <f64>power;
  }
  return sum;
}

/** NaN where one is. */
export function maximumOf(values: usize, width: i32): f32 {
  let maximum: f32 = -Infinity;
  let column = 0;
  if (width >= 8) {
    let most = v128.load(values);
    for (column = 4; column + 4 <= width; column += 4) most = f32x4.max(most, v128.load(values + ((<usize>column) << 2)));
    maximum = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
  }
  for (; column < width; column++) maximum = max(maximum, load<f32>(values + ((<usize>column) << 2)));
  return maximum;
}

/** probabilities[rows, width] = softmax(logits), row by row; both may be the same buffer. */
export function softmax(logits: usize, probabilities: usize, rows: i32, width: i32): void {
  const rowBytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++, logits += rowBytes, probabilities += rowBytes) {
    const sum = shiftedExponentials(logits, probabilities, width, maximumOf(logits, width));
    const scale = <f32>(1 / sum);
    for (let offset: usize = 0; offset < rowBytes; offset += 4) {
      store<f32>(probabilities + offset, load<f32>(probabilities + offset) * scale);
    }
  }
}

/**
 * The mean cross-entropy of softmax(logits) [rows, width] against class indices [rows] (as floats), and its gradient by the
 * logits. A target that is no class gives NaN.
 * @param smoothing share of each target that is spread evenly over all classes
 */
export function softmaxCrossEntropy(logits: usize, targets: usize, gradient: usize, rows: i32, width: i32, smoothing: f64): f32 {
  const rowBytes = (<usize>width) << 2;
  const own = <f32>((1 - smoothing) / <f64>rows);
  const spread = <f32>(smoothing / <f64>(width * rows));
  let total: f64 = 0;
  for (let row = 0; row < rows; row++, logits += rowBytes, gradient += rowBytes) {
    const target = load<f32>(targets + ((<usize>row) << 2));
    if (!(target >= 0 && target < <f32>width)) return NaN;
    const targetOffset = (<usize>target) << 2;
    const maximum = maximumOf(logits, width);
    const sum = shiftedExponentials(logits, gradient, width, maximum);
    const distance = <f64>load<f32>(logits + targetOffset) - <f64>maximum;
    if (smoothing > 0) {
      let all: f64 = 0;
      for (let offset: usize = 0; offset < rowBytes; offset += 4) all += <f64>load<f32>(logits + offset) - <f64>maximum;
      total += logarithm(sum) - ((1 - smoothing) * distance + (smoothing * all) / <f64>width);
    } else {
      total += logarithm(sum) - distance;
    }
    const scale = <f32>(1 / (sum * <f64>rows));
    for (let offset: usize = 0; offset < rowBytes; offset += 4) {
      store<f32>(gradient + offset, load<f32>(gradient + offset) * scale - spread);
    }
    store<f32>(gradient + targetOffset, load<f32>(gradient + targetOffset) - own);
  }
  return <f32>(total / <f64>rows);
}

/** The mean squared difference of outputs and targets over all `count` elements, and its gradient by the outputs. */
export function meanSquaredError(outputs: usize, targets: usize, gradient: usize, count: i32): f32 {
  const scale = <f32>(2 / <f64>count);
  let total: f64 = 0;
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 4) {
    const difference = load<f32>(outputs + offset) - load<f32>(targets + offset);
    total += <f64>difference * <f64>difference;
    store<f32>(gradient + offset, difference * scale);
  }
  return <f32>(total / <f64>count);
}

/** The mean absolute difference over all `count` elements, and its gradient: the sign, zero where they are equal. */
export function meanAbsoluteError(outputs: usize, targets: usize, gradient: usize, count: i32): f32 {
  const scale = <f32>(1 / <f64>count);
  let total: f64 = 0;
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 4) {
    const difference = load<f32>(outputs + offset) - load<f32>(targets + offset);
    total += <f64>abs<f32>(difference);
    store<f32>(gradient + offset, difference > 0 ? scale : difference < 0 ? -scale : difference);
  }
  return <f32>(total / <f64>count);
}

/** The mean of d² / 2 up to |d| = delta and delta · (|d| − delta / 2) beyond, and its gradient: d held to ± delta. */
export function huber(outputs: usize, targets: usize, gradient: usize, count: i32, delta: f64): f32 {
  const scale = <f32>(1 / <f64>count);
  const limit = <f32>delta;
  let total: f64 = 0;
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 4) {
    const difference = load<f32>(outputs + offset) - load<f32>(targets + offset);
    const held = max<f32>(min<f32>(difference, limit), -limit);
    total += <f64>held * (<f64>difference - 0.5 * <f64>held);
    store<f32>(gradient + offset, held * scale);
  }
  return <f32>(total / <f64>count);
}

/**
 * The mean over all `count` outputs of the cross-entropy of sigmoid(logit) against a target in [0, 1], and its gradient by the logits:
 * max(z, 0) − z · t + log(1 + exp(−|z|)), which cannot overflow.
 * @param smoothing targets become (1 − smoothing) · t + smoothing / 2
 */
export function sigmoidCrossEntropy(logits: usize, targets: usize, gradient: usize, count: i32, smoothing: f64): f32 {
  const scale = <f32>(1 / <f64>count);
  const keep = <f32>(1 - smoothing);
  const half = <f32>(smoothing / 2);
  let total: f64 = 0;
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 4) {
    const logit = load<f32>(logits + offset);
    const target = load<f32>(targets + offset) * keep + half;
    const decay = f32x4.extract_lane(exponential(f32x4.splat(-abs<f32>(logit))), 0);
    total += <f64>max<f32>(logit, 0) - <f64>logit * <f64>target + logarithm(1 + <f64>decay);
    const share: f32 = (logit < 0 ? decay : 1) / (1 + decay);
    store<f32>(gradient + offset, (share - target) * scale);
  }
  return <f32>(total / <f64>count);
}
