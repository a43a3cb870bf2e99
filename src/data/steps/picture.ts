/** Pictures: each channel brought to mean 0 and deviation 1 over all pixels of the training rows. */
import type { FittedPicture } from '../../spec/pipeline.js';
import { type PictureColumn, pixelsOf } from '../table.js';

/** @returns the step, or the reason why there is nothing to learn from these pictures */
export function fitPicture(column: string, { size, pixels }: PictureColumn, rows: Uint32Array): FittedPicture | string {
  const counts = Array.from({ length: size.channels }, () => new Float64Array(256));
  const length = pixelsOf(size);
  for (const row of rows) {
    for (let place = 0; place < length; place++) counts[place % size.channels][pixels[row * length + place]] += 1;
  }
  const moments = counts.map(momentsOf);
  if (moments.every(({ deviation }) => deviation === 0)) return 'All pixels of the training rows are the same.';
  return {
    kind: 'picture',
    column,
    size,
    mean: moments.map(({ mean }) => mean),
    deviation: moments.map(({ deviation }) => deviation || 1),
  };
}

/** Of values / 255, by how often each occurs: exact, in whatever order the pixels come. */
function momentsOf(counts: Float64Array): { mean: number; deviation: number } {
  let total = 0;
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    total += counts[value];
    sum += counts[value] * value;
  }
  const mean = sum / total;
  let squares = 0;
  for (let value = 0; value < 256; value++) squares += counts[value] * (value - mean) * (value - mean);
  return { mean: mean / 255, deviation: Math.sqrt(squares / total) / 255 };
}
