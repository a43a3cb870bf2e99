// Batch and layer normalisation of [count, channels], where count is rows × places. Moments are summed up in double precision, in an order
// that depends on the shape alone; the variance in a second pass, so that a large mean costs no digits.

/** moments [2, channels] = mean and 1 / √(variance + epsilon) of each channel; running ones follow by (1 − momentum). */
export function batchMoments(
  input: usize, moments: usize, mean: usize, variance: usize, count: i32, channels: i32, momentum: f64, epsilon: f64,
): void {
  const rowBytes = (<usize>channels) << 2;
  const bytes = <usize>count * rowBytes;
  for (let offset: usize = 0; offset < rowBytes; offset += 4) {
    let sum: f64 = 0;
    for (let place: usize = offset; place < bytes; place += rowBytes) sum += <f64>load<f32>(input + place);
    const centre = sum / <f64>count;
    let squares: f64 = 0;
    for (let place: usize = offset; place < bytes; place += rowBytes) {
      const distance = <f64>load<f32>(input + place) - centre;
      squares += distance * distance;
    }
    const spread = squares / <f64>count;
    store<f32>(moments + offset, <f32>centre);
    store<f32>(moments + rowBytes + offset, <f32>(1 / Math.sqrt(spread + epsilon)));
    store<f32>(mean + offset, <f32>(momentum * <f64>load<f32>(mean + offset) + (1 - momentum) * centre));
    store<f32>(variance + offset, <f32>(momentum * <f64>load<f32>(variance + offset) + (1 - momentum) * spread));
  }
}

/** output = (input − mean) · inverse · scale + shift, by channel. */
export function normalizeChannels(
  input: usize, output: usize, mean: usize, inverse: usize, scale: usize, shift: usize, count: i32, channels: i32,
): void {
  const rowBytes = (<usize>channels) << 2;
  const whole = rowBytes & ~15;
  for (let place = 0; place < count; place++, input += rowBytes, output += rowBytes) {
    let offset: usize = 0;
    for (; offset < whole; offset += 16) {
      const centred = f32x4.sub(v128.load(input + offset), v128.load(mean + offset));
      const scaled = f32x4.mul(f32x4.mul(centred, v128.load(inverse + offset)), v128.load(scale + offset));
      v128.store(output + offset, f32x4.add(scaled, v128.load(shift + offset)));
    }
    for (; offset < rowBytes; offset += 4) {
      const centred = load<f32>(input + offset) - load<f32>(mean + offset);
      store<f32>(output + offset, centred * load<f32>(inverse + offset) * load<f32>(scale + offset) + load<f32>(shift + offset));
    }
  }
}

/** inverse = 1 / √(variance + epsilon), by channel. */
export function inverseDeviations(variance: usize, inverse: usize, channels: i32, epsilon: f64): void {
  for (let offset: usize = 0, end = (<usize>channels) << 2; offset < end; offset += 4) {
    store<f32>(inverse + offset, <f32>(1 / Math.sqrt(<f64>load<f32>(variance + offset) + epsilon)));
  }
}

/**
 * The gradients by scale and shift, and by the input through the batch's own moments (1502.03167):
 * inverse · scale · (gradient − mean(gradient) − x̂ · mean(gradient · x̂)).
 * @param inputGradient 0 where it is not needed
 */
export function batchNormalizationGradient(
  input: usize, gradient: usize, inputGradient: usize, moments: usize, scale: usize, scaleGradient: usize, shiftGradient: usize,
  count: i32, channels: i32,
): void {
  const rowBytes = (<usize>channels) << 2;
  const bytes = <usize>count * rowBytes;
  for (let offset: usize = 0; offset < rowBytes; offset += 4) {
    const mean = load<f32>(moments + offset);
    const inverse = load<f32>(moments + rowBytes + offset);
    let sum: f64 = 0;
    let product: f64 = 0;
    for (let place: usize = offset; place < bytes; place += rowBytes) {
      const slope = load<f32>(gradient + place);
      sum += <f64>slope;
      product += <f64>slope * <f64>((load<f32>(input + place) - mean) * inverse);
    }
    store<f32>(shiftGradient + offset, <f32>sum);
    store<f32>(scaleGradient + offset, <f32>product);
    if (!inputGradient) continue;
    const factor = inverse * load<f32>(scale + offset);
    const meanSlope = <f32>(sum / <f64>count);
    const meanProduct = <f32>(product / <f64>count);
    for (let place: usize = offset; place < bytes; place += rowBytes) {
      const normal = (load<f32>(input + place) - mean) * inverse;
      store<f32>(inputGradient + place, factor * (load<f32>(gradient + place) - meanSlope - normal * meanProduct));
    }
  }
}

@inline
function meanOf(values: usize, bytes: usize, channels: i32): f64 {
  let sum: f64 = 0;
  for (let offset: usize = 0; offset < bytes; offset += 4) sum += <f64>load<f32>(values + offset);
  return sum / <f64>channels;
}

@inline
function inverseDeviationOf(values: usize, bytes: usize, channels: i32, mean: f64, epsilon: f64): f64 {
  let squares: f64 = 0;
  for (let offset: usize = 0; offset < bytes; offset += 4) {
    const distance = <f64>load<f32>(values + offset) - mean;
    squares += distance * distance;
  }
  return 1 / Math.sqrt(squares / <f64>channels + epsilon);
}

/** Each place by the moments of its own channels. */
export function layerNormalization(
  input: usize, output: usize, scale: usize, shift: usize, count: i32, channels: i32, epsilon: f64,
): void {
  const bytes = (<usize>channels) << 2;
  for (let place = 0; place < count; place++, input += bytes, output += bytes) {
    const mean = meanOf(input, bytes, channels);
    const inverse = inverseDeviationOf(input, bytes, channels, mean, epsilon);
    for (let offset: usize = 0; offset < bytes; offset += 4) {
      const normal = <f32>((<f64>load<f32>(input + offset) - mean) * inverse);
      store<f32>(output + offset, normal * load<f32>(scale + offset) + load<f32>(shift + offset));
    }
  }
}

/** The gradients by scale and shift (written), and by the input where its address is not 0. */
export function layerNormalizationGradient(
  input: usize, gradient: usize, inputGradient: usize, scale: usize, scaleGradient: usize, shiftGradient: usize,
  count: i32, channels: i32, epsilon: f64,
): void {
  const bytes = (<usize>channels) << 2;
  memory.fill(scaleGradient, 0, bytes);
  memory.fill(shiftGradient, 0, bytes);
  for (let place = 0; place < count; place++, input += bytes, gradient += bytes) {
    const mean = meanOf(input, bytes, channels);
    const inverse = inverseDeviationOf(input, bytes, channels, mean, epsilon);
    let sum: f64 = 0;
    let product: f64 = 0;
    for (let offset: usize = 0; offset < bytes; offset += 4) {
      const normal = (<f64>load<f32>(input + offset) - mean) * inverse;
      const slope = load<f32>(gradient + offset);
      const scaled = <f64>slope * <f64>load<f32>(scale + offset);
      sum += scaled;
      product += scaled * normal;
      store<f32>(scaleGradient + offset, load<f32>(scaleGradient + offset) + slope * <f32>normal);
      store<f32>(shiftGradient + offset, load<f32>(shiftGradient + offset) + slope);
    }
    if (!inputGradient) continue;
    sum /= <f64>channels;
    product /= <f64>channels;
    for (let offset: usize = 0; offset < bytes; offset += 4) {
      const normal = (<f64>load<f32>(input + offset) - mean) * inverse;
      const scaled = <f64>load<f32>(gradient + offset) * <f64>load<f32>(scale + offset);
      store<f32>(inputGradient + offset, <f32>(inverse * (scaled - sum - normal * product)));
    }
    inputGradient += bytes;
  }
}
