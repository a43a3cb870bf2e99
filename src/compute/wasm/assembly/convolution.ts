// Convolution of pictures [rows, height, width, channels] with weights [kernel height, kernel width, channels, filters], directly: what
// lies under one row of a kernel is contiguous in memory, so that nothing is unfolded. A register tile is four places by eight filters.
// The order of additions follows the kernel alone: a picture's result is the same whatever other pictures stand beside it.
import { relu } from './activation';
import { copyPicture } from './padding';
import { multiplyAdd } from './vector';

/** Bytes of one row of a panel: eight floats. */
const PANEL: usize = 32;

/** Copies weights [taps, filters] to panels [taps, 8], and the bias to one more row of each; missing filters are zero. */
function packFilters(weights: usize, bias: usize, taps: i32, filters: i32, packed: usize): void {
  const rowBytes = (<usize>filters) << 2;
  for (let filter = 0; filter < filters; filter += 8) {
    const bytes = (<usize>min(filters - filter, 8)) << 2;
    let source = weights + ((<usize>filter) << 2);
    for (let tap = 0; tap < taps; tap++, source += rowBytes, packed += PANEL) {
      if (bytes < PANEL) memory.fill(packed, 0, PANEL);
      memory.copy(packed, source, bytes);
    }
    memory.fill(packed, 0, PANEL);
    memory.copy(packed, bias + ((<usize>filter) << 2), bytes);
    packed += PANEL;
  }
}

/**
 * output = input ∗ weights + bias, then relu where asked for.
 * @param scratch floats: panels of 8 × (taps + 1), 32, one padded picture, 16
 */
export function convolve(
  input: usize, weights: usize, bias: usize, output: usize, rows: i32, scratch: usize, isRelu: bool,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, filters: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32, bottom: i32, right: i32,
): void {
  const taps = kernelHeight * kernelWidth * channels;
  const panels = (filters + 7) >> 3;
  const panelBytes = <usize>(taps + 1) * PANEL;
  const edge = scratch + <usize>panels * panelBytes;
  const padded = edge + 4 * PANEL;
  packFilters(weights, bias, taps, filters, scratch);

  const isPadded = (top | left | bottom | right) != 0;
  const cellBytes = (<usize>channels) << 2;
  const rowBytes = <usize>width * cellBytes;
  const sourceRowBytes = isPadded ? <usize>(width + left + right) * cellBytes : rowBytes;
  if (isPadded) memory.fill(padded, 0, <usize>(height + top + bottom) * sourceRowBytes);
  const middle = padded + <usize>top * sourceRowBytes + <usize>left * cellBytes;
  // Neighbouring taps of a kernel's row lie side by side, unless it is dilated.
  const runs = dilationWidth == 1 ? 1 : kernelWidth;
  const runBytes = dilationWidth == 1 ? <usize>kernelWidth * cellBytes : cellBytes;
  const runStep = <usize>dilationWidth * cellBytes;
  const kernelRowStep = <usize>dilationHeight * sourceRowBytes;
  const placeStep = <usize>strideWidth * cellBytes;
  const filterBytes = (<usize>filters) << 2;

  for (let row = 0; row < rows; row++, input += <usize>height * rowBytes) {
    if (isPadded) copyPicture(input, rowBytes, middle, sourceRowBytes, height, rowBytes);
    const picture = isPadded ? padded : input;
    for (let panel = 0; panel < panels; panel++) {
      const packed = scratch + <usize>panel * panelBytes;
      const start = packed + <usize>taps * PANEL;
      const bias0 = v128.load(start), bias1 = v128.load(start, 16);
      const lanes = min(filters - (panel << 3), 8);
      for (let y = 0; y < outHeight; y++) {
        let corner = picture + <usize>(y * strideHeight) * sourceRowBytes;
        let target = output + <usize>(y * outWidth) * filterBytes + ((<usize>panel) << 5);
        for (let x = 0; x < outWidth; x += 4) {
          const places = min(outWidth - x, 4);
          // Places beyond the last repeat it; what they give is not kept.
          let p0 = corner;
          let p1 = places > 1 ? p0 + placeStep : p0;
          let p2 = places > 2 ? p1 + placeStep : p1;
          let p3 = places > 3 ? p2 + placeStep : p2;
          let c00 = bias0, c01 = bias1, c10 = bias0, c11 = bias1, c20 = bias0, c21 = bias1, c30 = bias0, c31 = bias1;
          let tap = packed;
          for (let kernelRow = 0; kernelRow < kernelHeight; kernelRow++) {
            let a0 = p0, a1 = p1, a2 = p2, a3 = p3;
            for (let run = 0; run < runs; run++) {
              for (let offset: usize = 0; offset < runBytes; offset += 4, tap += PANEL) {
                const w0 = v128.load(tap), w1 = v128.load(tap, 16);
                let value = v128.load32_splat(a0 + offset);
                c00 = multiplyAdd(value, w0, c00);
                c01 = multiplyAdd(value, w1, c01);
                value = v128.load32_splat(a1 + offset);
                c10 = multiplyAdd(value, w0, c10);
                c11 = multiplyAdd(value, w1, c11);
                value = v128.load32_splat(a2 + offset);
                c20 = multiplyAdd(value, w0, c20);
                c21 = multiplyAdd(value, w1, c21);
                value = v128.load32_splat(a3 + offset);
                c30 = multiplyAdd(value, w0, c30);
                c31 = multiplyAdd(value, w1, c31);
              }
              a0 += runStep, a1 += runStep, a2 += runStep, a3 += runStep;
            }
            p0 += kernelRowStep, p1 += kernelRowStep, p2 += kernelRowStep, p3 += kernelRowStep;
          }
          if (isRelu) {
            c00 = relu(c00), c01 = relu(c01), c10 = relu(c10), c11 = relu(c11);
            c20 = relu(c20), c21 = relu(c21), c30 = relu(c30), c31 = relu(c31);
          }
          const isWhole = lanes == 8 && places == 4;
          let tile = isWhole ? target : edge;
          const tileStep = isWhole ? filterBytes : PANEL;
          v128.store(tile, c00), v128.store(tile, c01, 16);
          tile += tileStep;
          v128.store(tile, c10), v128.store(tile, c11, 16);
          tile += tileStep;
          v128.store(tile, c20), v128.store(tile, c21, 16);
          tile += tileStep;
          v128.store(tile, c30), v128.store(tile, c31, 16);
          if (!isWhole) copyPicture(edge, PANEL, target, filterBytes, places, (<usize>lanes) << 2);
          corner += 4 * placeStep;
          target += 4 * filterBytes;
        }
      }
    }
    output += <usize>(outHeight * outWidth) * filterBytes;
  }
}
