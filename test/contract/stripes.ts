/** A small folder of pictures whose classes are the direction of their stripes, told apart by a convolution and not by any one pixel. */
import { Random } from '../../src/base/random.js';
import type { Picture } from '../../src/data/table.js';

export const directions = ['across', 'down'] as const;
export type Direction = (typeof directions)[number];

/** Stripes of two pixels at a random place, with noise. */
export function stripes(direction: Direction, seed: number, side = 8, channels: 1 | 3 = 1): Picture {
  const random = new Random(seed, direction);
  const shift = Math.floor(random.uniform() * 4);
  const pixels = Uint8Array.from({ length: side * side * channels }, (_, index) => {
    const place = Math.floor(index / channels);
    const along = direction === 'across' ? Math.floor(place / side) : place % side;
    return ((along + shift) % 4 < 2 ? 200 : 55) + Math.floor(random.uniform() * 40);
  });
  return { height: side, width: side, channels, pixels };
}

export interface PictureInFolder {
  path: string;
  picture: Picture;
}

/** `perClass` pictures for training and a quarter as many for the test, in folders as people lay them out. */
export function stripedFolder(perClass: number, side = 8, channels: 1 | 3 = 1): PictureInFolder[] {
  return directions.flatMap((direction) =>
    Array.from({ length: perClass + Math.ceil(perClass / 4) }, (_, index) => ({
      path: `${index < perClass ? 'train' : 'test'}/${direction}/${String(index).padStart(4, '0')}.png`,
      picture: stripes(direction, index, side, channels),
    })),
  );
}
