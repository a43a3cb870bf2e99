// Pooling over windows of [rows, height, width, channels]. Cells of padding count for nothing. Four channels at a time, the rest one by one.

/** The window of the place, cut to the picture: [from, to) in rows or columns. */
@inline
function begin(place: i32, stride: i32, padding: i32): i32 {
  return max(place * stride - padding, 0);
}

@inline
function end(place: i32, stride: i32, padding: i32, kernel: i32, size: i32): i32 {
  return min(place * stride - padding + kernel, size);
}

/** output = the largest of each window; NaN where one is. */
export function maximumPool(
  input: usize, output: usize, rows: i32,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, _outChannels: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, _dilationHeight: i32, _dilationWidth: i32, top: i32, left: i32, _bottom: i32, _right: i32,
): void {
  const cellBytes = (<usize>channels) << 2;
  const whole = cellBytes & ~15;
  for (let row = 0; row < rows; row++, input += <usize>(height * width) * cellBytes) {
    for (let y = 0; y < outHeight; y++) {
      const y0 = begin(y, strideHeight, top), y1 = end(y, strideHeight, top, kernelHeight, height);
      for (let x = 0; x < outWidth; x++, output += cellBytes) {
        const x0 = begin(x, strideWidth, left), x1 = end(x, strideWidth, left, kernelWidth, width);
        let offset: usize = 0;
        for (; offset < whole; offset += 16) {
          let most = f32x4.splat(-Infinity);
          for (let sy = y0; sy < y1; sy++) {
            let cell = input + <usize>(sy * width + x0) * cellBytes + offset;
            for (let sx = x0; sx < x1; sx++, cell += cellBytes) most = f32x4.max(most, v128.load(cell));
          }
          v128.store(output + offset, most);
        }
        for (; offset < cellBytes; offset += 4) {
          let most: f32 = -Infinity;
          for (let sy = y0; sy < y1; sy++) {
            let cell = input + <usize>(sy * width + x0) * cellBytes + offset;
            for (let sx = x0; sx < x1; sx++, cell += cellBytes) most = max<f32>(most, load<f32>(cell));
          }
          store<f32>(output + offset, most);
        }
      }
    }
  }
}

/**
 * inputGradient = each gradient at the first cell of its window, row by row, that holds the maximum; windows that overlap add up.
 * @param isRelu drops gradients of maxima that are not positive
 */
export function maximumPoolGradient(
  input: usize, output: usize, gradient: usize, inputGradient: usize, rows: i32, isRelu: bool,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, _outChannels: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, _dilationHeight: i32, _dilationWidth: i32, top: i32, left: i32, _bottom: i32, _right: i32,
): void {
  const cellBytes = (<usize>channels) << 2;
  const whole = cellBytes & ~15;
  const pictureBytes = <usize>(height * width) * cellBytes;
  const zero = f32x4.splat(0);
  memory.fill(inputGradient, 0, <usize>rows * pictureBytes);
  for (let row = 0; row < rows; row++, input += pictureBytes, inputGradient += pictureBytes) {
    for (let y = 0; y < outHeight; y++) {
      const y0 = begin(y, strideHeight, top), y1 = end(y, strideHeight, top, kernelHeight, height);
      for (let x = 0; x < outWidth; x++, output += cellBytes, gradient += cellBytes) {
        const x0 = begin(x, strideWidth, left), x1 = end(x, strideWidth, left, kernelWidth, width);
        let offset: usize = 0;
        for (; offset < whole; offset += 16) {
          const most = v128.load(output + offset);
          let slope = v128.load(gradient + offset);
          if (isRelu) slope = v128.and(slope, f32x4.gt(most, zero));
          for (let sy = y0; sy < y1; sy++) {
            let place = <usize>(sy * width + x0) * cellBytes + offset;
            for (let sx = x0; sx < x1; sx++, place += cellBytes) {
              const isMost = f32x4.eq(v128.load(input + place), most);
              v128.store(inputGradient + place, f32x4.add(v128.load(inputGradient + place), v128.and(slope, isMost)));
              slope = v128.andnot(slope, isMost);
            }
          }
        }
        for (; offset < cellBytes; offset += 4) {
          const most = load<f32>(output + offset);
          let isLeft = !isRelu || most > 0;
          for (let sy = y0; sy < y1 && isLeft; sy++) {
            let place = <usize>(sy * width + x0) * cellBytes + offset;
            for (let sx = x0; sx < x1 && isLeft; sx++, place += cellBytes) {
              if (load<f32>(input + place) != most) continue;
              store<f32>(inputGradient + place, load<f32>(inputGradient + place) + load<f32>(gradient + offset));
              isLeft = false;
            }
          }
        }
      }
    }
  }
}

/** target[0 … bytes) += source[0 … bytes) × factor */
function addScaled(source: usize, target: usize, bytes: usize, factor: f32): void {
  const whole = bytes & ~15;
  let offset: usize = 0;
  for (; offset < whole; offset += 16) {
    const scaled = f32x4.mul(v128.load(source + offset), f32x4.splat(factor));
    v128.store(target + offset, f32x4.add(v128.load(target + offset), scaled));
  }
  for (; offset < bytes; offset += 4) store<f32>(target + offset, load<f32>(target + offset) + load<f32>(source + offset) * factor);
}

/** output = the mean of each window's cells. With `isGradient` the other way round: spreads the gradient over the window's cells. */
export function averagePool(
  input: usize, output: usize, rows: i32, isGradient: bool,
  height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, _outChannels: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, _dilationHeight: i32, _dilationWidth: i32, top: i32, left: i32, _bottom: i32, _right: i32,
): void {
  const cellBytes = (<usize>channels) << 2;
  const pictureBytes = <usize>(height * width) * cellBytes;
  if (isGradient) memory.fill(input, 0, <usize>rows * pictureBytes);
  else memory.fill(output, 0, <usize>(rows * outHeight * outWidth) * cellBytes);
  for (let row = 0; row < rows; row++, input += pictureBytes) {
    for (let y = 0; y < outHeight; y++) {
      const y0 = begin(y, strideHeight, top), y1 = end(y, strideHeight, top, kernelHeight, height);
      for (let x = 0; x < outWidth; x++, output += cellBytes) {
        const x0 = begin(x, strideWidth, left), x1 = end(x, strideWidth, left, kernelWidth, width);
        const factor = <f32>(1 / <f64>((y1 - y0) * (x1 - x0)));
        for (let sy = y0; sy < y1; sy++) {
          let cell = input + <usize>(sy * width + x0) * cellBytes;
          for (let sx = x0; sx < x1; sx++, cell += cellBytes) {
            if (isGradient) addScaled(output, cell, cellBytes, factor);
            else addScaled(cell, output, cellBytes, factor);
          }
        }
      }
    }
  }
}

/** output[rows, channels] = the mean over places of input[rows, places, channels]; with `isGradient` the other way round. */
export function globalAverage(input: usize, output: usize, rows: i32, places: i32, channels: i32, isGradient: bool): void {
  const cellBytes = (<usize>channels) << 2;
  const factor = <f32>(1 / <f64>places);
  if (isGradient) memory.fill(input, 0, <usize>(rows * places) * cellBytes);
  else memory.fill(output, 0, <usize>rows * cellBytes);
  for (let row = 0; row < rows; row++, output += cellBytes) {
    for (let place = 0; place < places; place++, input += cellBytes) {
      if (isGradient) addScaled(output, input, cellBytes, factor);
      else addScaled(input, output, cellBytes, factor);
    }
  }
}
