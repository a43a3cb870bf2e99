// Convolution of each channel by itself: [rows, height, width, channels] with weights [kernel height, kernel width, channels, multiplier].
// Output channel c × multiplier + m comes of input channel c.

/** target[c × multiplier + m] += one[c] × other[c × multiplier + m] */
function addProducts(one: usize, other: usize, target: usize, channels: i32, multiplier: i32): void {
  if (multiplier > 1) {
    for (let channel = 0; channel < channels; channel++, one += 4) {
      const value = load<f32>(one);
      for (let index = 0; index < multiplier; index++, other += 4, target += 4) {
        store<f32>(target, load<f32>(target) + value * load<f32>(other));
      }
    }
    return;
  }
  const bytes = (<usize>channels) << 2;
  const whole = bytes & ~15;
  let offset: usize = 0;
  for (; offset < whole; offset += 16) {
    const product = f32x4.mul(v128.load(one + offset), v128.load(other + offset));
    v128.store(target + offset, f32x4.add(v128.load(target + offset), product));
  }
  for (; offset < bytes; offset += 4) {
    store<f32>(target + offset, load<f32>(target + offset) + load<f32>(one + offset) * load<f32>(other + offset));
  }
}

/** target[c] += the sum over m of gradient[c × multiplier + m] × weights[c × multiplier + m] */
function addSums(gradient: usize, weights: usize, target: usize, channels: i32, multiplier: i32): void {
  if (multiplier == 1) return addProducts(gradient, weights, target, channels, 1);
  for (let channel = 0; channel < channels; channel++, target += 4) {
    let sum = load<f32>(target);
    for (let index = 0; index < multiplier; index++, gradient += 4, weights += 4) sum += load<f32>(gradient) * load<f32>(weights);
    store<f32>(target, sum);
  }
}

const FORWARD: i32 = 0;
const WEIGHTS: i32 = 1;
const INPUT: i32 = 2;

/** Goes through every place and every tap that lies on the picture, and does there what `pass` says. */
function walk(
  pass: i32, input: usize, weights: usize, output: usize, rows: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, outChannels: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
): void {
  const multiplier = outChannels / channels;
  const cellBytes = (<usize>channels) << 2;
  const outBytes = (<usize>outChannels) << 2;
  for (let row = 0; row < rows; row++, input += <usize>(height * width) * cellBytes) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++, output += outBytes) {
        for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
          const sourceRow = y * strideHeight - top + kernelRow * dilationHeight;
          if (sourceRow < 0 || sourceRow >= height) continue;
          for (let kernelColumn = 0; kernelColumn < kernelWidth; kernelColumn++) {
            const sourceColumn = x * strideWidth - left + kernelColumn * dilationWidth;
            if (sourceColumn < 0 || sourceColumn >= width) continue;
            const cell = input + <usize>(sourceRow * width + sourceColumn) * cellBytes;
            const tap = weights + <usize>(kernelRow * kernelWidth + kernelColumn) * outBytes;
            if (pass == FORWARD) addProducts(cell, tap, output, channels, multiplier);
            else if (pass == WEIGHTS) addProducts(cell, output, tap, channels, multiplier);
            else addSums(output, tap, cell, channels, multiplier);
          }
        }
      }
    }
  }
}

/** output = input ∗ weights + bias */
export function convolveDepthwise(
  input: usize, weights: usize, bias: usize, output: usize, rows: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, outChannels: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32, _bottom: i32, _right: i32,
): void {
  const outBytes = (<usize>outChannels) << 2;
  const end = output + <usize>(rows * outHeight * outWidth) * outBytes;
  for (let place = output; place < end; place += outBytes) memory.copy(place, bias, outBytes);
  walk(
    FORWARD, input, weights, output, rows, height, width, channels, outHeight, outWidth, outChannels,
    kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
  );
}

export function convolveDepthwiseWeightsGradient(
  input: usize, gradient: usize, weightsGradient: usize, rows: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, outChannels: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32, _bottom: i32, _right: i32,
): void {
  memory.fill(weightsGradient, 0, (<usize>(kernelHeight * kernelWidth * outChannels)) << 2);
  walk(
    WEIGHTS, input, weightsGradient, gradient, rows, height, width, channels, outHeight, outWidth, outChannels,
    kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
  );
}

export function convolveDepthwiseInputGradient(
  gradient: usize, weights: usize, inputGradient: usize, rows: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, outChannels: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32, _bottom: i32, _right: i32,
): void {
  memory.fill(inputGradient, 0, (<usize>(rows * height * width * channels)) << 2);
  walk(
    INPUT, inputGradient, weights, gradient, rows, height, width, channels, outHeight, outWidth, outChannels,
    kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
  );
}
