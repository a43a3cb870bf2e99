/** Rows of inputs for a network: dense numbers as they are, or pixels that become numbers while a batch is read. */
import type { FittedPicture } from '../spec/fitted-steps.js';
import { pixelsOf } from './table.js';

export interface InputRows {
  readonly rows: number;
  /** Numbers in one row. */
  readonly width: number;
  /**
   * Writes one row's numbers into `target` from `offset` on.
   * @param epoch given while training: rows that are changed at random are changed anew in each
   */
  copy(row: number, target: Float32Array, offset: number, epoch?: number): void;
}

/** Rows that are not in memory: blocks of them in row order, each read when it is asked for. */
export interface InputBlocks {
  readonly rows: number;
  readonly width: number;
  blocks(signal?: AbortSignal): AsyncIterable<InputRows>;
}

/** The blocks of rows that may be in memory or not. */
export async function* blocksOf(inputs: InputRows | InputBlocks, signal?: AbortSignal): AsyncGenerator<InputRows> {
  if ('blocks' in inputs) yield* inputs.blocks(signal);
  else yield inputs;
}

/** Several pieces, one after the other, as rows of one. None may be empty. */
export function joinedRows(pieces: readonly InputRows[], width: number): InputRows {
  let rows = 0;
  const ends = Uint32Array.from(pieces, (piece) => (rows += piece.rows));
  return {
    rows,
    width,
    copy(row, target, offset, epoch) {
      let [low, high] = [0, pieces.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (row < ends[middle]) high = middle;
        else low = middle + 1;
      }
      pieces[low].copy(row - (low === 0 ? 0 : ends[low - 1]), target, offset, epoch);
    },
  };
}

/** @param values [rows, width] */
export function denseRows(values: Float32Array, rows: number, width = rows === 0 ? 0 : values.length / rows): InputRows {
  return { rows, width, copy: (row, target, offset) => target.set(values.subarray(row * width, (row + 1) * width), offset) };
}

/**
 * Some pictures of a column, normalised when they are read: a byte a pixel is kept, not the four of a number.
 * @param chosen places in `pixels`, one for each row
 */
export function pictureRows(step: FittedPicture, pixels: Uint8Array, chosen: Uint32Array): InputRows {
  const width = pixelsOf(step.size);
  const { channels } = step.size;
  const values = normalizedValues(step);
  return {
    rows: chosen.length,
    width,
    copy(row, target, offset) {
      const start = chosen[row] * width;
      if (channels === 1) {
        for (let place = 0; place < width; place++) target[offset + place] = values[pixels[start + place]];
        return;
      }
      for (let place = 0; place < width; place++) target[offset + place] = values[(place % channels) * 256 + pixels[start + place]];
    },
  };
}

/** What each of 256 values of a channel becomes: [channels, 256]. */
function normalizedValues({ mean, deviation }: FittedPicture): Float32Array {
  return Float32Array.from({ length: mean.length * 256 }, (_, index) => {
    const channel = index >> 8;
    return ((index & 255) / 255 - mean[channel]) / deviation[channel];
  });
}

/** All rows as one array, [rows, width]. */
export function wholeInputs(inputs: InputRows): Float32Array {
  const values = new Float32Array(inputs.rows * inputs.width);
  for (let row = 0; row < inputs.rows; row++) inputs.copy(row, values, row * inputs.width);
  return values;
}
