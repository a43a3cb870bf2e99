/** Maxima and means over windows. Gradients are put together from cells: tfjs's own differ between backends. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import type { Window2d } from '../../plan/window.js';
import type { Library } from '../library.js';
import { keep, lowest, type Pass, picturesIn, valueIn } from '../pass.js';
import { cellsOf, gather, padded } from './cells.js';

export function pooling({ kind, input, output, window }: OperationOf<'maxPool2d' | 'averagePool2d'>, pass: Pass): void {
  const { library: tf } = pass;
  const pooled = tf.tidy(() => {
    const cells = cellsOf(tf, padded(tf, valueIn(pass, input), window, kind === 'maxPool2d' ? lowest : 0), window);
    if (kind === 'maxPool2d') return cells.reduce((most, cell) => tf.maximum(most, cell));
    return tf.mul(tf.addN(cells), shares(tf, window));
  });
  keep(pass, output, pooled);
}

export function maximumGradient(operation: OperationOf<'maxPool2dGradient'>, pass: Pass): void {
  const { input, output, gradient, inputGradient, window, relu } = operation;
  const { library: tf } = pass;
  const slopes = tf.tidy(() => {
    const most = picturesIn(pass, output, window.output);
    let left = picturesIn(pass, gradient, window.output);
    if (relu) left = tf.mul(left, tf.step(most));
    // The first of equal maxima takes all: what is left for those after it is zero.
    const taken = cellsOf(tf, padded(tf, valueIn(pass, input), window, lowest), window).map((cell) => {
      const here = tf.cast(tf.equal(cell, most), 'float32');
      const own = tf.mul(left, here) as Tensor4D;
      left = tf.mul(left, tf.sub(1, here));
      return own;
    });
    return gather(tf, window, (cell) => taken[cell]);
  });
  keep(pass, inputGradient, slopes);
}

export function averageGradient({ gradient, inputGradient, window }: OperationOf<'averagePool2dGradient'>, pass: Pass): void {
  const { library: tf } = pass;
  const slopes = tf.tidy(() => {
    const share = tf.mul(picturesIn(pass, gradient, window.output), shares(tf, window)) as Tensor4D;
    return gather(tf, window, () => share);
  });
  keep(pass, inputGradient, slopes);
}

/** 1 / cells that lie over the picture and not over its padding: [output height, output width, 1]. */
function shares(tf: Library, window: Window2d): Tensor {
  const [height, width] = window.output;
  const { top, left } = window.padding;
  const rows = Array.from({ length: height }, (_, y) => cellsInside(y * window.strides[0] - top, window.kernel[0], window.input[0]));
  const columns = Array.from({ length: width }, (_, x) => cellsInside(x * window.strides[1] - left, window.kernel[1], window.input[1]));
  return tf.tensor3d(
    rows.flatMap((down) => columns.map((across) => 1 / (down * across))),
    [height, width, 1],
  );
}

const cellsInside = (first: number, cells: number, size: number): number => Math.min(size, first + cells) - Math.max(0, first);
