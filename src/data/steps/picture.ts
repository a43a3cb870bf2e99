/** Pictures: each channel brought to mean 0 and deviation 1 over all pixels of the training rows. */
import type { PictureSize } from '../../spec/field.js';
import type { FittedPicture } from '../../spec/fitted-steps.js';
import { picturesOf } from '../columns/access.js';
import { pixelsOf } from '../table.js';
import type { StepFitter } from './fitter.js';

/** @param known what each channel is brought to, where that is decided already: nothing is fitted but the size */
export function createPictureFitter(column: string, known?: Pick<FittedPicture, 'mean' | 'deviation'>): StepFitter {
  let size: PictureSize | undefined;
  let counts: Float64Array[] = [];
  return {
    add(of, { rows }) {
      const pictures = picturesOf(of, column, size);
      const { channels } = pictures.size;
      if (!size) counts = Array.from({ length: channels }, () => new Float64Array(256));
      size = pictures.size;
      if (known) return;
      const length = pixelsOf(size);
      for (const row of rows) {
        for (let place = 0; place < length; place++) counts[place % channels][pictures.pixels[row * length + place]] += 1;
      }
    },
    finish() {
      if (!size) return 'There are no pictures.';
      return known ? { kind: 'picture', column, size, mean: known.mean, deviation: known.deviation } : fitPicture(column, size, counts);
    },
  };
}

function fitPicture(column: string, size: PictureSize, counts: readonly Float64Array[]): FittedPicture | string {
  const moments = counts.map(momentsOf);
  if (moments.every(({ deviation }) => !(deviation > 0))) return 'All pixels of the training rows are the same.';
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
