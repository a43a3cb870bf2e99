/**
 * A window taken apart: for each of its cells, what the cell lies over as the window moves, and the way back. Slices and padding are the same on
 * every backend, and know any strides, padding and dilation; tfjs's own gradients of convolutions and pooling differ and know less.
 */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Window2d } from '../../plan/window.js';
import type { Library } from '../library.js';

/** Pictures [rows, height × width × channels] with their padding: [rows, padded height, padded width, channels]. */
export function padded(tf: Library, pictures: Tensor, { input, padding }: Window2d, filling = 0): Tensor4D {
  const shaped = tf.reshape(pictures, [-1, ...input]) as Tensor4D;
  const { top, left, bottom, right } = padding;
  if (top + left + bottom + right === 0) return shaped;
  return tf.pad(
    shaped,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    filling,
  );
}

export function withoutPadding(tf: Library, pictures: Tensor4D, { input, padding }: Window2d): Tensor4D {
  const { top, left, bottom, right } = padding;
  return top + left + bottom + right === 0 ? pictures : tf.slice(pictures, [0, top, left, 0], [-1, ...input]);
}

/** [vertical, horizontal] of each cell in the window, row by row. */
function placesOfCells({ kernel, dilation }: Window2d): [number, number][] {
  return Array.from({ length: kernel[0] * kernel[1] }, (_, cell) => [
    Math.floor(cell / kernel[1]) * dilation[0],
    (cell % kernel[1]) * dilation[1],
  ]);
}

/** How far a cell moves over the picture, its first and last place included: [vertical, horizontal]. */
const travel = ({ output, strides }: Window2d): [number, number] => [(output[0] - 1) * strides[0] + 1, (output[1] - 1) * strides[1] + 1];

/** What each cell lies over, row by row: [rows, output height, output width, channels] each. */
export function cellsOf(tf: Library, pictures: Tensor4D, window: Window2d): Tensor4D[] {
  const [rows, , , channels] = pictures.shape;
  const [down, right] = travel(window);
  const strides = [1, ...window.strides, 1];
  return placesOfCells(window).map(
    ([y, x]) => tf.stridedSlice(pictures, [0, y, x, 0], [rows, y + down, x + right, channels], strides) as Tensor4D,
  );
}

/**
 * The way back: what every cell has, added up where it lay.
 * @param ofCell [rows, output height, output width, channels] for each cell, row by row; asked for one by one
 * @returns pictures without their padding, [rows, height, width, channels]
 */
export function gather(tf: Library, window: Window2d, ofCell: (cell: number) => Tensor4D): Tensor4D {
  const { input, padding } = window;
  const height = input[0] + padding.top + padding.bottom;
  const width = input[1] + padding.left + padding.right;
  const [down, right] = travel(window);
  let all: Tensor4D | undefined;
  placesOfCells(window).forEach(([y, x], cell) => {
    const before = all;
    all = tf.tidy(() => {
      const spread = tf.pad(spaced(tf, ofCell(cell), window), [
        [0, 0],
        [y, height - y - down],
        [x, width - x - right],
        [0, 0],
      ]);
      return before ? tf.add(before, spread) : spread;
    });
    before?.dispose();
  });
  return withoutPadding(tf, all as Tensor4D, window);
}

/** With zeros between, as many as the strides leave out. */
function spaced(tf: Library, cells: Tensor4D, window: Window2d): Tensor4D {
  const [rows, height, width, channels] = cells.shape;
  const [vertical, horizontal] = window.strides;
  const apart = (tensor: Tensor, lines: number, stride: number): Tensor =>
    stride === 1
      ? tensor
      : tf.pad(tf.reshape(tensor, [lines, 1, -1]), [
          [0, 0],
          [0, stride - 1],
          [0, 0],
        ]);
  const columns = apart(cells, rows * height * width, horizontal);
  const whole = tf.reshape(apart(columns, rows * height, vertical), [rows, height * vertical, width * horizontal, channels]) as Tensor4D;
  return tf.slice(whole, [0, 0, 0, 0], [rows, ...travel(window), channels]);
}
