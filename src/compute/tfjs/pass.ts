/** One pass through a program in tensors. */
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { BufferNumber } from '../plan/operation.js';
import type { Parameter } from '../plan/parameters.js';
import type { Library } from './library.js';

export interface Pass {
  library: Library;
  rows: number;
  /** The place of the first row in the whole batch. */
  first: number;
  /** By buffer, [rows, width]; targets of classes are [rows], a batch's moments [2, channels]. */
  values: Map<BufferNumber, Tensor>;
  /** The parameter's current numbers, in its shape. */
  parameter(parameter: Parameter): Tensor;
  /** Receives gradients by parameter name. */
  gradients: Map<string, Tensor>;
  /** Receives running moments by parameter name: what does not learn, but changes. */
  moved: Map<string, Tensor>;
  /** Whether convolutions are put together from slices and matrix products, as the reference does, or left to the backend's own kernels. */
  composed: boolean;
  /** For dropout. */
  seed: number;
  step: number;
  loss?: Tensor;
}

export const valueIn = ({ values }: Pass, buffer: BufferNumber): Tensor => values.get(buffer) as Tensor;

/** A buffer as pictures [rows, height, width, channels]. */
export const picturesIn = (pass: Pass, buffer: BufferNumber, shape: readonly [number, number, number]): Tensor4D =>
  pass.library.reshape(valueIn(pass, buffer), [pass.rows, ...shape]);

/** Keeps a tensor of any shape as the buffer's rows. */
export function keep(pass: Pass, buffer: BufferNumber, value: Tensor): void {
  pass.values.set(buffer, pass.library.reshape(value, [pass.rows, value.size / pass.rows]));
}

/** A buffer as [rows × places, channels]. */
export const placesIn = (pass: Pass, buffer: BufferNumber, channels: number): Tensor2D =>
  pass.library.reshape(valueIn(pass, buffer), [-1, channels]);

/** A buffer as [rows, places, channels]. */
export const sequencesIn = (pass: Pass, buffer: BufferNumber, places: number, channels: number): Tensor3D =>
  pass.library.reshape(valueIn(pass, buffer), [pass.rows, places, channels]);

/** Below everything that is finite in single precision but itself: what stands where nothing may be the maximum. */
export const lowest = -3.4028234663852886e38;
