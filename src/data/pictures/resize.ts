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
      for (const { index, weight } of across[x]) {
        for (let c = 0; c < channels; c++) {
          narrowed[(y * size.width + x) * channels + c] += weight * plain[(y * picture.width + index) * channels + c];
        }
      }
    }
  }
  const line = size.width * channels;
  const result = new Uint8Array(size.height * line);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < line; x++) {
      let sum = 0;
      for (const { index, weight } of down[y]) sum += weight * narrowed[index * line + x];
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

interface Share {
  index: number;
  weight: number;
}

/** Which cells of `count`, from `start` on over `span` of them, make up each of `target` cells. Weights add up to 1. */
function weightsAlong(count: number, start: number, span: number, target: number): Share[][] {
  const step = span / target;
  return Array.from({ length: target }, (_, place) =>
    step >= 1 ? covered(count, start + place * step, step) : between(count, start + (place + 0.5) * step),
  );
}

function covered(count: number, from: number, length: number): Share[] {
  const shares: Share[] = [];
  const first = Math.floor(from);
  const last = Math.min(count - 1, Math.ceil(from + length) - 1);
  for (let index = first; index <= last; index++) {
    const weight = (Math.min(index + 1, from + length) - Math.max(index, from)) / length;
    if (weight > 0) shares.push({ index, weight });
  }
  return shares;
}

function between(count: number, centre: number): Share[] {
  const position = Math.max(0, Math.min(count - 1, centre - 0.5));
  const below = Math.floor(position);
  const share = position - below;
  return share === 0
    ? [{ index: below, weight: 1 }]
    : [
        { index: below, weight: 1 - share },
        { index: below + 1, weight: share },
      ];
}

/** Opacity is laid over white; grey by the luma of ITU-R BT.601 in whole numbers. */
function withChannels({ height, width, channels, pixels }: Picture, wanted: 1 | 3): Uint8Array {
  const count = height * width;
  const result = new Uint8Array(count * wanted);
  const colour = [0, 0, 0];
  for (let place = 0; place < count; place++) {
    for (let c = 0; c < 3; c++) colour[c] = pixels[place * channels + (channels === 1 ? 0 : c)];
    if (channels === 4) {
      const opacity = pixels[place * 4 + 3];
      for (let c = 0; c < 3; c++) colour[c] = Math.floor((colour[c] * opacity + 255 * (255 - opacity) + 127) / 255);
    }
    if (wanted === 3) result.set(colour, place * 3);
    else result[place] = (299 * colour[0] + 587 * colour[1] + 114 * colour[2] + 500) / 1000;
  }
  return result;
}
