// The gradients of a convolution: by its weights, summed up picture by picture in register tiles of five taps by eight filters; and by its
// input, as one small matrix product for each row of the kernel, added to where that row read from.
import { copyPicture } from './padding';
import { multiplyAdd } from './vector';

const PANEL: usize = 32;
/** Taps of a tile. */
const TAPS: i32 = 5;

/**
 * weightsGradient = the sum over rows and places of input × gradient.
 * @param scratch floats: kernel rows × (runs × taps, in fives) × (filters, in eights), one padded picture, 16
 */
export function convolveWeightsGradient(
  input: usize, gradient: usize, weightsGradient: usize, rows: i32, scratch: usize,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, filters: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32, bottom: i32, right: i32,
): void {
  const cellBytes = (<usize>channels) << 2;
  const runs = dilationWidth == 1 ? 1 : kernelWidth;
  const runLength = dilationWidth == 1 ? kernelWidth * channels : channels;
  const tiles = (runLength + TAPS - 1) / TAPS;
  const sumRowBytes = <usize>((filters + 7) >> 3) * PANEL;
  const sumBytes = <usize>(kernelHeight * runs * tiles * TAPS) * sumRowBytes;
  memory.fill(scratch, 0, sumBytes);

  const padded = scratch + sumBytes;
  const isPadded = (top | left | bottom | right) != 0;
  const rowBytes = <usize>width * cellBytes;
  const sourceRowBytes = isPadded ? <usize>(width + left + right) * cellBytes : rowBytes;
  if (isPadded) memory.fill(padded, 0, <usize>(height + top + bottom) * sourceRowBytes);
  const middle = padded + <usize>top * sourceRowBytes + <usize>left * cellBytes;
  const placeStep = <usize>strideWidth * cellBytes;
  const filterBytes = (<usize>filters) << 2;
  const gradientRowBytes = <usize>outWidth * filterBytes;

  for (let row = 0; row < rows; row++, input += <usize>height * rowBytes, gradient += <usize>outHeight * gradientRowBytes) {
    if (isPadded) copyPicture(input, rowBytes, middle, sourceRowBytes, height, rowBytes);
    const picture = isPadded ? padded : input;
    let sums = scratch;
    for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
      for (let run = 0; run < runs; run++) {
        const corner = picture + <usize>(kernelRow * dilationHeight) * sourceRowBytes + <usize>(run * dilationWidth) * cellBytes;
        for (let tile = 0; tile < tiles; tile++, sums += <usize>TAPS * sumRowBytes) {
          // A tile's taps beyond the run, and filters beyond the last, read what is no part of them; what they give is not kept.
          const first = corner + <usize>(tile * TAPS) * 4;
          for (let filter: usize = 0; filter < filterBytes; filter += PANEL) {
            let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00;
            for (let y = 0; y < outHeight; y++) {
              let source = first + <usize>(y * strideHeight) * sourceRowBytes;
              let slope = gradient + <usize>y * gradientRowBytes + filter;
              for (const end = slope + gradientRowBytes; slope < end; slope += filterBytes, source += placeStep) {
                const d0 = v128.load(slope), d1 = v128.load(slope, 16);
                let value = v128.load32_splat(source);
                c00 = multiplyAdd(value, d0, c00);
                c01 = multiplyAdd(value, d1, c01);
                value = v128.load32_splat(source, 4);
                c10 = multiplyAdd(value, d0, c10);
                c11 = multiplyAdd(value, d1, c11);
                value = v128.load32_splat(source, 8);
                c20 = multiplyAdd(value, d0, c20);
                c21 = multiplyAdd(value, d1, c21);
                value = v128.load32_splat(source, 12);
                c30 = multiplyAdd(value, d0, c30);
                c31 = multiplyAdd(value, d1, c31);
                value = v128.load32_splat(source, 16);
                c40 = multiplyAdd(value, d0, c40);
                c41 = multiplyAdd(value, d1, c41);
              }
            }
            let sum = sums + filter;
            add8(sum, c00, c01);
            sum += sumRowBytes;
            add8(sum, c10, c11);
            sum += sumRowBytes;
            add8(sum, c20, c21);
            sum += sumRowBytes;
            add8(sum, c30, c31);
            sum += sumRowBytes;
            add8(sum, c40, c41);
          }
        }
      }
    }
  }
  for (let kernelPart = 0; kernelPart < kernelHeight * runs; kernelPart++) {
    const sums = scratch + <usize>(kernelPart * tiles * TAPS) * sumRowBytes;
    copyPicture(sums, sumRowBytes, weightsGradient + <usize>(kernelPart * runLength) * filterBytes, filterBytes, runLength, filterBytes);
  }
}

@inline
function add8(address: usize, low: v128, high: v128): void {
  v128.store(address, f32x4.add(v128.load(address), low));
  v128.store(address, f32x4.add(v128.load(address, 16), high), 16);
}

/** Copies weights [kernel part, run, filters] to panels [kernel part, eights of the run, filters, 8]; missing taps are zero. */
function packTransposed(weights: usize, kernelParts: i32, runLength: i32, filters: i32, packed: usize): void {
  for (let kernelPart = 0; kernelPart < kernelParts; kernelPart++) {
    for (let tap = 0; tap < runLength; tap += 8) {
      for (let filter = 0; filter < filters; filter++, packed += PANEL) {
        for (let lane = 0; lane < 8; lane++) {
          const from = weights + ((<usize>((kernelPart * runLength + tap + lane) * filters + filter)) << 2);
          store<f32>(packed + ((<usize>lane) << 2), tap + lane < runLength ? load<f32>(from) : 0);
        }
      }
    }
  }
}

/**
 * inputGradient = the gradient by the input, written.
 * @param scratch floats: kernel rows × runs × (taps of a run, in eights) × filters, one padded picture, 16
 */
export function convolveInputGradient(
  gradient: usize, weights: usize, inputGradient: usize, rows: i32, scratch: usize,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, filters: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32, bottom: i32, right: i32,
): void {
  const cellBytes = (<usize>channels) << 2;
  const runs = dilationWidth == 1 ? 1 : kernelWidth;
  const runLength = dilationWidth == 1 ? kernelWidth * channels : channels;
  const filterBytes = (<usize>filters) << 2;
  const panelBytes = <usize>filters * PANEL;
  packTransposed(weights, kernelHeight * runs, runLength, filters, scratch);

  const padded = scratch + <usize>(kernelHeight * runs * ((runLength + 7) >> 3)) * panelBytes;
  const rowBytes = <usize>width * cellBytes;
  const paddedRowBytes = <usize>(width + left + right) * cellBytes;
  const paddedBytes = <usize>(height + top + bottom) * paddedRowBytes;
  const middle = padded + <usize>top * paddedRowBytes + <usize>left * cellBytes;
  const placeStep = <usize>strideWidth * cellBytes;

  for (let row = 0; row < rows; row++, inputGradient += <usize>height * rowBytes, gradient += <usize>(outHeight * outWidth) * filterBytes) {
    memory.fill(padded, 0, paddedBytes);
    let packed = scratch;
    for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
      for (let run = 0; run < runs; run++) {
        for (let tap = 0; tap < runLength; tap += 8, packed += panelBytes) {
          const corner =
            padded + <usize>(kernelRow * dilationHeight) * paddedRowBytes + <usize>(run * dilationWidth) * cellBytes + ((<usize>tap) << 2);
          for (let y = 0; y < outHeight; y++) {
            let target = corner + <usize>(y * strideHeight) * paddedRowBytes;
            let p0 = gradient + <usize>(y * outWidth) * filterBytes;
            for (let x = 0; x < outWidth; x += 4) {
              const places = min(outWidth - x, 4);
              const p1 = places > 1 ? p0 + filterBytes : p0;
              const p2 = places > 2 ? p1 + filterBytes : p1;
              const p3 = places > 3 ? p2 + filterBytes : p2;
              let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
              let panel = packed;
              for (let offset: usize = 0; offset < filterBytes; offset += 4, panel += PANEL) {
                const w0 = v128.load(panel), w1 = v128.load(panel, 16);
                let value = v128.load32_splat(p0 + offset);
                c00 = multiplyAdd(value, w0, c00);
                c01 = multiplyAdd(value, w1, c01);
                value = v128.load32_splat(p1 + offset);
                c10 = multiplyAdd(value, w0, c10);
                c11 = multiplyAdd(value, w1, c11);
                value = v128.load32_splat(p2 + offset);
                c20 = multiplyAdd(value, w0, c20);
                c21 = multiplyAdd(value, w1, c21);
                value = v128.load32_splat(p3 + offset);
                c30 = multiplyAdd(value, w0, c30);
                c31 = multiplyAdd(value, w1, c31);
              }
              // One after the other: neighbouring places may share cells.
              add8(target, c00, c01);
              if (places > 1) add8(target + placeStep, c10, c11);
              if (places > 2) add8(target + 2 * placeStep, c20, c21);
              if (places > 3) add8(target + 3 * placeStep, c30, c31);
              target += 4 * placeStep;
              p0 += 4 * filterBytes;
            }
          }
        }
      }
    }
    copyPicture(middle, paddedRowBytes, inputGradient, rowBytes, height, rowBytes);
  }
}
