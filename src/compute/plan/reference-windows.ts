/** Part of the judge: layers that move a window over pictures, cell by cell. */
import type { OperationOf } from './operation.js';
import type { Window2d } from './window.js';

/**
 * For every place of the window and every cell of it that lies over the picture.
 * @param visit given where the place's first number stands in the output, the cell's number, and where the cell's first number stands in the
 *   input
 */
function eachCell({ input, output, kernel, strides, dilation, padding }: Window2d, rows: number, visit: CellVisitor): void {
  const [height, width, channels] = input;
  for (let place = 0; place < rows * output[0] * output[1]; place++) {
    const across = place % output[1];
    const down = Math.floor(place / output[1]) % output[0];
    const row = Math.floor(place / (output[0] * output[1]));
    for (let cell = 0; cell < kernel[0] * kernel[1]; cell++) {
      const y = down * strides[0] - padding.top + Math.floor(cell / kernel[1]) * dilation[0];
      const x = across * strides[1] - padding.left + (cell % kernel[1]) * dilation[1];
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      visit(place * output[2], cell, ((row * height + y) * width + x) * channels);
    }
  }
}

type CellVisitor = (output: number, cell: number, input: number) => void;

const outputFor = ({ output }: Window2d, rows: number): Float64Array => new Float64Array(rows * output[0] * output[1] * output[2]);

export function convolved(
  input: Float64Array,
  weights: Float32Array,
  { window, parameters }: OperationOf<'conv2d'>,
  rows: number,
): Float64Array {
  const [channels, filters] = [window.input[2], window.output[2]];
  const output = outputFor(window, rows).map((_, index) => weights[parameters.bias.offset + (index % filters)]);
  eachCell(window, rows, (to, cell, from) => {
    for (let channel = 0; channel < channels; channel++) {
      const value = input[from + channel];
      const line = parameters.weights.offset + (cell * channels + channel) * filters;
      for (let filter = 0; filter < filters; filter++) output[to + filter] += value * weights[line + filter];
    }
  });
  return output;
}

export function convolvedByChannel(
  input: Float64Array,
  weights: Float32Array,
  { window, parameters }: OperationOf<'depthwiseConv2d'>,
  rows: number,
): Float64Array {
  const all = window.output[2];
  const multiplier = all / window.input[2];
  const output = outputFor(window, rows).map((_, index) => weights[parameters.bias.offset + (index % all)]);
  eachCell(window, rows, (to, cell, from) => {
    const line = parameters.weights.offset + cell * all;
    for (let index = 0; index < all; index++) output[to + index] += input[from + Math.floor(index / multiplier)] * weights[line + index];
  });
  return output;
}

export function maxima(input: Float64Array, window: Window2d, rows: number): Float64Array {
  const output = outputFor(window, rows).fill(Number.NEGATIVE_INFINITY);
  eachCell(window, rows, (to, _, from) => {
    for (let channel = 0; channel < window.input[2]; channel++)
      output[to + channel] = Math.max(output[to + channel], input[from + channel]);
  });
  return output;
}

export function averages(input: Float64Array, window: Window2d, rows: number): Float64Array {
  const output = outputFor(window, rows);
  const counts = outputFor(window, rows);
  eachCell(window, rows, (to, _, from) => {
    for (let channel = 0; channel < window.input[2]; channel++) {
      output[to + channel] += input[from + channel];
      counts[to + channel]++;
    }
  });
  return output.map((sum, index) => sum / counts[index]);
}
