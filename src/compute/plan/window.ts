/** A window that moves over a picture: where it may stand, with padding settled to numbers of cells. */
import { InputError } from '../../base/errors.js';
import type { Padding } from '../../spec/layer.js';

/** Pairs are [vertical, horizontal]. */
export interface Window2d {
  /** [height, width, channels] */
  input: readonly [number, number, number];
  /** [height, width, channels] */
  output: readonly [number, number, number];
  kernel: readonly [number, number];
  strides: readonly [number, number];
  dilation: readonly [number, number];
  padding: { top: number; left: number; bottom: number; right: number };
}

export interface WindowRequest {
  kernel: readonly [number, number];
  strides?: readonly [number, number] | undefined;
  dilation?: readonly [number, number] | undefined;
  padding?: Padding | undefined;
}

/** @throws InputError `layer-shape` when the window is larger than the padded picture, or padding is not smaller than the window */
export function windowOver(input: readonly [number, number, number], channels: number, request: WindowRequest): Window2d {
  const { kernel, strides = [1, 1], dilation = [1, 1], padding = 'valid' } = request;
  const reach = [0, 1].map((axis) => (kernel[axis] - 1) * dilation[axis] + 1);
  const [[top, bottom], [left, right]] = [0, 1].map((axis) => paddingAlong(axis, input[axis], reach[axis], strides[axis], padding));
  const sizes = [input[0] + top + bottom, input[1] + left + right];
  for (const axis of [0, 1]) {
    if (sizes[axis] >= reach[axis] && Math.max([top, left][axis], [bottom, right][axis]) < reach[axis]) continue;
    throw new InputError(
      'layer-shape',
      `A window of ${reach.join(' × ')} cells does not go with ${input[0]} × ${input[1]} places and a padding of ${[top, left, bottom, right].join(', ')}.`,
      { advice: 'Choose a smaller kernel or less pooling; padding is always smaller than the window.' },
    );
  }
  const [height, width] = [0, 1].map((axis) => Math.floor((sizes[axis] - reach[axis]) / strides[axis]) + 1);
  return { input, output: [height, width, channels], kernel, strides, dilation, padding: { top, left, bottom, right } };
}

function paddingAlong(axis: number, size: number, reach: number, stride: number, padding: Padding): [before: number, after: number] {
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') return [padding[axis], padding[axis + 2]];
  const all = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  return [all >> 1, all - (all >> 1)];
}
