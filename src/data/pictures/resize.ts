/**
 * Pictures brought to a size, in plain arithmetic: the same bits on every host, which their own resizing does not give. The middle is cut
 * out to the size's proportions; smaller by the mean of what each cell covers, larger by bilinear interpolation.
 */
import type { PictureSize } from '../../spec/field.js';
import type { Picture } from '../table.js';

/** [height, width, channels] of the size. */
export function resizePicture(picture: Picture, size: PictureSize): Uint8Array {
  const plain = withChannels(picture, size.channels);
  if (picture.height === size.height && picture.width === size.width) return plain;
  const { height, width } = cutOut(picture, size);
  const top = (picture.height - height) / 2;
  const left = (picture.width - width) / 2;
  const { channels } = size;
  // First along rows, then along columns: [picture height, width], then [height, width].
  const narrowed = new Float64Array(picture.height * size.width * channels);
  const across = weightsAlong(picture.width, left, width, size.width);
  const down = weightsAlong(picture.height, top, height, size.height);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const { first, weights } = across[x];
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        let from = (y * picture.width + first) * channels + c;
        for (let index = 0; index < weights.length; index++, from += channels) sum += weights[index] * plain[from];
        narrowed[(y * size.width + x) * channels + c] = sum;
      }
    }
  }
  const line = size.width * channels;
  const result = new Uint8Array(size.height * line);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < line; x++) {
      const { first, weights } = down[y];
      let sum = 0;
      for (let index = 0; index < weights.length; index++) sum += weights[index] * narrowed[(first + index) * line + x];
      result[y * line + x] = Math.min(255, Math.floor(sum + 0.5));
    }
  }
  return result;
}

/** The largest part of a picture with the size's proportions. */
function cutOut({ height, width }: Picture, size: PictureSize): { height: number; width: number } {
  const scale = Math.min(height / size.height, width / size.width);
  return { height: size.height * scale, width: size.width * scale };
}

/** Cells from `first` on, each with its weight. */
interface Share {
  first: number;
  weights: Float64Array;
}

/** Which cells of `count`, from `start` on over `span` of them, make up each of `target` cells. Weights add up to 1. */
function weightsAlong(count: number, start: number, span: number, target: number): Share[] {
  const step = span / target;
  return Array.from({ length: target }, (_, place) =>
    step >= 1 ? covered(count, start + place * step, step) : between(count, start + (place + 0.5) * step),
  );
}

function covered(count: number, from: number, length: number): Share {
  const first = Math.floor(from);
  const last = Math.min(count - 1, Math.ceil(from + length) - 1);
  const weights = Float64Array.from({ length: last - first + 1 }, (_, place) => {
    const index = first + place;
    return Math.max(0, Math.min(index + 1, from + length) - Math.max(index, from)) / length;
  });
  return { first, weights };
}

function between(count: number, centre: number): Share {
  const position = Math.max(0, Math.min(count - 1, centre - 0.5));
  const first = Math.floor(position);
  const share = position - first;
  return { first, weights: share === 0 ? Float64Array.of(1) : Float64Array.of(1 - share, share) };
}

/** Opacity is laid over white; grey by the luma of ITU-R BT.601 in whole numbers. */
function withChannels({ height, width, channels, pixels }: Picture, wanted: 1 | 3): Uint8Array {
  const count = height * width;
  const result = new Uint8Array(count * wanted);
  const [toGreen, toBlue] = channels === 1 ? [0, 0] : [1, 2];
  for (let place = 0, from = 0, to = 0; place < count; place++, from += channels, to += wanted) {
    const opacity = channels === 4 ? pixels[from + 3] : 255;
    const red = overWhite(pixels[from], opacity);
    const green = overWhite(pixels[from + toGreen], opacity);
    const blue = overWhite(pixels[from + toBlue], opacity);
    if (wanted === 1) result[to] = (299 * red + 587 * green + 114 * blue + 500) / 1000;
    else {
      result[to] = red;
      result[to + 1] = green;
      result[to + 2] = blue;
    }
  }
  return result;
}

const overWhite = (value: number, opacity: number): number =>
  opacity === 255 ? value : Math.floor((value * opacity + 255 * (255 - opacity) + 127) / 255);
