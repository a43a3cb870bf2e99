/** The size that pictures come to by themselves, which every single one of them can change. */
import { expect, test } from 'vitest';
import type { Picture } from '../../../../src/data/table.js';
import { png } from '../../../contract/png.js';
import { failureOf, folder, golden, imported } from './golden.js';

/** In a file that could hold colours: three channels. */
const grey = (side: number, seed: number): Picture => ({
  height: side,
  width: side,
  channels: 3,
  pixels: Uint8Array.from({ length: side * side * 3 }, (_, index) => (seed * 31 + 7 * Math.floor(index / 3)) % 256),
});

const many = (change: (index: number) => Picture): Record<string, Uint8Array<ArrayBuffer>> =>
  Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`${index % 2 ? 'odd' : 'even'}/${index}.png`, png(change(index))]));

const sizeOf = async (files: Record<string, Uint8Array<ArrayBuffer>>): Promise<unknown> =>
  (await imported(folder(files))).record.fields[0].picture;

test('grey pictures in files that could hold colours stay grey', async () => {
  expect(await sizeOf(many((index) => grey(5, index)))).toEqual({ height: 5, width: 5, channels: 1 });
});

/** Read after all others: odd/99.png. */
const last = 99;

test('one picture of hundreds has a colour: all are in colour', async () => {
  const coloured = grey(5, 3);
  coloured.pixels[37] ^= 1;
  expect(await sizeOf(many((index) => (index === last ? coloured : grey(5, index))))).toEqual({ height: 5, width: 5, channels: 3 });
});

test('one picture of hundreds has another size: all come to 64 × 64', async () => {
  expect(await sizeOf(many((index) => grey(index === last ? 6 : 5, index)))).toEqual({ height: 64, width: 64, channels: 1 });
});

test('pictures of one size that is large come to 64 × 64', async () => {
  const files = Object.fromEntries([1, 2].map((seed) => [`${seed}/a.png`, png(grey(65, seed))]));
  expect(await sizeOf(files)).toEqual({ height: 64, width: 64, channels: 1 });
});

test('a damaged picture with colours decides nothing', async () => {
  const damaged = golden('opacity.png').slice(0, 60);
  expect(await sizeOf({ 'cats/0.png': damaged, 'cats/1.png': png(grey(3, 1)), 'dogs/2.png': png(grey(3, 2)) })).toMatchObject({
    channels: 1,
  });
});

test('looking at the files ends as soon as it is cancelled', async () => {
  const cancel = new AbortController();
  const bytes = new Blob([png(grey(5, 1))]);
  let looked = 0;
  const slice = (start: number, end: number): Blob => {
    if (++looked === 3) cancel.abort();
    return bytes.slice(start, end);
  };
  const files = Array.from({ length: 50 }, (_, index) => ({
    path: `cats/${index}.png`,
    file: { size: bytes.size, stream: () => bytes.stream(), slice },
  }));
  expect(await failureOf(imported({ kind: 'pictures', name: 'pets', files }, undefined, cancel.signal))).toMatchObject({
    name: 'AbortError',
  });
  expect(looked).toBe(3);
});
