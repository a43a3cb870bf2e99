/**
 * Pictures changed at random while training: mirrored, moved, turned, enlarged, made brighter or darker. What happens to a row in an epoch is a
 * function of (seed, epoch, row), so that a resumed training meets the very same pictures.
 */
import { cosine, sine } from '../base/elementary.js';
import { Random } from '../base/random.js';
import type { FittedPicture } from '../spec/fitted-steps.js';
import type { Augmentation } from '../spec/pipeline-spec.js';
import type { InputRows } from './inputs.js';

/** Where each place of the new picture comes from: x' = a x + b y + c, y' = d x + e y + f, about the middle; and what is added to it. */
interface Change {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
  /** As a share of the whole range of a channel. */
  brightness: number;
}

/**
 * Rows that are changed where an epoch is given, and are themselves where none is.
 * @param numberOf what a row is called among all that train, where these are only some
 */
export function augmentedRows(
  inputs: InputRows,
  step: FittedPicture,
  augmentation: Augmentation,
  seed: number,
  numberOf = (row: number): number => row,
): InputRows {
  const own = new Float32Array(inputs.width);
  return {
    rows: inputs.rows,
    width: inputs.width,
    copy(row, target, offset, epoch) {
      if (epoch === undefined) return inputs.copy(row, target, offset);
      inputs.copy(row, own, 0);
      const random = new Random(seed, `augment ${epoch} ${numberOf(row)}`);
      draw(own, step, changeFor(augmentation, step, random), target.subarray(offset, offset + inputs.width));
    },
  };
}

/** Every number is drawn, whether it is wanted or not: one more kind of change leaves the others as they are. */
function changeFor(
  { flip = false, shift = 0, rotate = 0, brightness = 0, crop = 0 }: Augmentation,
  { size }: FittedPicture,
  random: Random,
): Change {
  const either = (): number => 2 * random.uniform() - 1;
  const mirror = random.uniform() < 0.5 && flip ? -1 : 1;
  const right = either() * shift * size.width;
  const down = either() * shift * size.height;
  const angle = (either() * rotate * Math.PI) / 180;
  const brighter = either() * brightness;
  const zoom = 1 - random.uniform() * crop;
  const [turnX, turnY] = [cosine(angle) * zoom, sine(angle) * zoom];
  return { a: turnX * mirror, b: turnY, c: -right, d: -turnY * mirror, e: turnX, f: -down, brightness: brighter };
}

/** Bilinear; beyond its borders a picture goes on as its borders are. */
function draw(own: Float32Array, { size, deviation }: FittedPicture, { a, b, c, d, e, f, brightness }: Change, target: Float32Array): void {
  const { height, width, channels } = size;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const added = deviation.map((each) => brightness / each);
  let place = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromX = clamp(a * (x - middleX) + b * (y - middleY) + c + middleX, width - 1);
      const fromY = clamp(d * (x - middleX) + e * (y - middleY) + f + middleY, height - 1);
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [shareX, shareY] = [fromX - left, fromY - top];
      const right = Math.min(left + 1, width - 1);
      const below = Math.min(top + 1, height - 1);
      for (let channel = 0; channel < channels; channel++) {
        const at = (row: number, column: number): number => own[(row * width + column) * channels + channel];
        const above = at(top, left) * (1 - shareX) + at(top, right) * shareX;
        const under = at(below, left) * (1 - shareX) + at(below, right) * shareX;
        target[place++] = above * (1 - shareY) + under * shareY + added[channel];
      }
    }
  }
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
