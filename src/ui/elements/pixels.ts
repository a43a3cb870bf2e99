/** Pictures of a column as the browser draws them. */
import type { PictureColumn } from '../../data/table.js';
import { pixelsOf } from '../../data/table.js';

/** One picture of a column. */
export function imageOf({ size, pixels }: PictureColumn, row: number): ImageData {
  const { height, width, channels } = size;
  const image = new ImageData(width, height);
  const start = row * pixelsOf(size);
  for (let place = 0; place < height * width; place++) {
    for (let c = 0; c < 3; c++) image.data[place * 4 + c] = pixels[start + place * channels + (channels === 1 ? 0 : c)];
    image.data[place * 4 + 3] = 255;
  }
  return image;
}
