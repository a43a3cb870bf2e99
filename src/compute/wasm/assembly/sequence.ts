// Sequences [rows, places, channels] of which some places do not count: a mask [rows, places] is 1 where one does and 0 where it does not.

/** mask = 0 where every number of a place is the padding, 1 elsewhere. */
export function maskOf(input: usize, mask: usize, places: i32, channels: i32, padding: f32): void {
  for (let place = 0; place < places; place++, mask += 4) {
    let counts = false;
    for (let channel = 0; channel < channels; channel++, input += 4) counts = counts || load<f32>(input) != padding;
    store<f32>(mask, counts ? 1 : 0);
  }
}

/**
 * output[rows, channels] = the mean over the places that count, 0 where none does; or back: `input` receives the gradient, an equal part of
 * `output` for each of them.
 */
export function maskedAverage(input: usize, mask: usize, output: usize, rows: i32, places: i32, channels: i32, isGradient: bool): void {
  const bytes = (<usize>channels) << 2;
  for (let row = 0; row < rows; row++, mask += (<usize>places) << 2, output += bytes) {
    let count = 0;
    for (let place = 0; place < places; place++) if (load<f32>(mask + ((<usize>place) << 2)) != 0) count++;
    const share: f32 = count > 0 ? <f32>1 / <f32>count : 0;
    if (!isGradient) memory.fill(output, 0, bytes);
    for (let place = 0; place < places; place++, input += bytes) {
      const counts = load<f32>(mask + ((<usize>place) << 2)) != 0;
      if (isGradient && !counts) memory.fill(input, 0, bytes);
      if (!counts) continue;
      for (let offset: usize = 0; offset < bytes; offset += 4) {
        if (isGradient) store<f32>(input + offset, load<f32>(output + offset) * share);
        else store<f32>(output + offset, load<f32>(output + offset) + load<f32>(input + offset));
      }
    }
    if (isGradient) continue;
    for (let offset: usize = 0; offset < bytes; offset += 4) store<f32>(output + offset, load<f32>(output + offset) * share);
  }
}

/** output[rows, channels] = the largest over the places that count, 0 where none does; NaN where one is. @param mask 0 where all count */
export function globalMaximum(input: usize, mask: usize, output: usize, rows: i32, places: i32, channels: i32): void {
  const bytes = (<usize>channels) << 2;
  for (let row = 0; row < rows; row++, output += bytes) {
    let isFirst = true;
    memory.fill(output, 0, bytes);
    for (let place = 0; place < places; place++, input += bytes) {
      if (mask) {
        const counts = load<f32>(mask) != 0;
        mask += 4;
        if (!counts) continue;
      }
      if (isFirst) memory.copy(output, input, bytes);
      else
        for (let offset: usize = 0; offset < bytes; offset += 4) {
          store<f32>(output + offset, max<f32>(load<f32>(output + offset), load<f32>(input + offset)));
        }
      isFirst = false;
    }
  }
}

/** inputGradient = each gradient at the first place that counts and holds the maximum. */
export function globalMaximumGradient(
  input: usize, mask: usize, output: usize, gradient: usize, inputGradient: usize, rows: i32, places: i32, channels: i32,
): void {
  const bytes = (<usize>channels) << 2;
  const rowBytes = <usize>places * bytes;
  memory.fill(inputGradient, 0, <usize>rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    for (let offset: usize = 0; offset < bytes; offset += 4) {
      const most = load<f32>(output + offset);
      for (let place = 0; place < places; place++) {
        if (mask && load<f32>(mask + ((<usize>place) << 2)) == 0) continue;
        const at = <usize>place * bytes + offset;
        if (load<f32>(input + at) != most) continue;
        store<f32>(inputGradient + at, load<f32>(gradient + offset));
        break;
      }
    }
    if (mask) mask += (<usize>places) << 2;
    input += rowBytes, inputGradient += rowBytes, output += bytes, gradient += bytes;
  }
}
