/** Pictures brought to a size, by hand-made cases. */
import { expect, test } from 'vitest';
import { resizePicture } from '../../../../src/data/pictures/resize.js';
import type { Picture } from '../../../../src/data/table.js';

const grey = (height: number, width: number, pixels: number[]): Picture => ({
  height,
  width,
  channels: 1,
  pixels: Uint8Array.from(pixels),
});
const one = (channels: 1 | 3 | 4, ...pixels: number[]): Picture => ({ height: 1, width: 1, channels, pixels: Uint8Array.from(pixels) });
const square = (side: number) => ({ height: side, width: side, channels: 1 }) as const;

test('a picture of the right size is left as it is', () => {
  expect([...resizePicture(grey(2, 2, [1, 2, 3, 4]), square(2))]).toEqual([1, 2, 3, 4]);
});

test('smaller, each cell is the mean of what it covers, halves rounded up', () => {
  const four = grey(4, 4, [0, 10, 20, 30, 2, 12, 22, 33, 100, 100, 200, 255, 100, 101, 255, 255]);
  // (0+10+2+12)/4, (20+30+22+33)/4 = 26.25, 401/4 = 100.25, 965/4 = 241.25.
  expect([...resizePicture(four, square(2))]).toEqual([6, 26, 100, 241]);
  expect([...resizePicture(grey(2, 2, [0, 1, 0, 1]), square(1))]).toEqual([1]);
});

test('cells that are covered in part count for their part', () => {
  // 3 to 2: each covers one and a half, so two thirds of one and one third of the middle.
  const three = grey(3, 3, [0, 90, 180, 0, 90, 180, 0, 90, 180]);
  expect([...resizePicture(three, square(2))]).toEqual([30, 150, 30, 150]);
  expect([...resizePicture(grey(3, 3, [0, 0, 0, 90, 90, 90, 180, 180, 180]), square(2))]).toEqual([30, 30, 150, 150]);
});

test('the middle is cut out to the proportions asked for', () => {
  expect([...resizePicture(grey(2, 4, [255, 1, 2, 255, 255, 3, 4, 255]), square(2))]).toEqual([1, 2, 3, 4]);
  expect([...resizePicture(grey(4, 2, [255, 255, 1, 2, 3, 4, 255, 255]), square(2))]).toEqual([1, 2, 3, 4]);
  // Five wide: half a cell of each outer pair remains.
  expect([...resizePicture(grey(1, 2, [10, 20]), square(1))]).toEqual([15]);
});

test('larger, values between two cells lie between theirs, and the edge goes on', () => {
  expect([...resizePicture(grey(2, 2, [0, 100, 0, 100]), square(4))].slice(0, 4)).toEqual([0, 25, 75, 100]);
  expect([...resizePicture(grey(1, 1, [77]), square(3))]).toEqual(Array(9).fill(77));
});

test('opacity is laid over white', () => {
  const colours = { ...square(1), channels: 3 } as const;
  expect([...resizePicture(one(4, 10, 20, 30, 0), colours)]).toEqual([255, 255, 255]);
  expect([...resizePicture(one(4, 10, 20, 30, 255), colours)]).toEqual([10, 20, 30]);
  // (0 * 51 + 255 * 204) / 255
  expect([...resizePicture(one(4, 0, 100, 255, 51), colours)]).toEqual([204, 224, 255]);
});

test('grey is the luma of the three, and colours of a grey picture are all the same', () => {
  const lumas = ([red, green, blue]: number[]): number => resizePicture(one(3, red, green, blue), square(1))[0];
  expect(
    [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [255, 255, 255],
    ].map(lumas),
  ).toEqual([76, 150, 29, 255]);
  expect([...resizePicture(one(1, 9), { ...square(1), channels: 3 })]).toEqual([9, 9, 9]);
});

test('channels do not mix while pictures shrink', () => {
  const picture: Picture = { height: 2, width: 2, channels: 3, pixels: Uint8Array.of(0, 100, 7, 20, 100, 7, 40, 200, 7, 60, 200, 7) };
  expect([...resizePicture(picture, { height: 1, width: 1, channels: 3 })]).toEqual([30, 150, 7]);
});
