/** Folders of real picture files, brought into a dataset. */
import { expect, test } from 'vitest';
import { decodePicture } from '../../../../src/data/pictures/decode.js';
import { resizePicture } from '../../../../src/data/pictures/resize.js';
import { loadDecoder } from '../../../../src/host/node/decoder.js';
import { DatasetRecord } from '../../../../src/spec/dataset.js';
import { failureOf, folder, golden, imported } from './golden.js';

/** The pixels that test/golden/pictures/make.py writes into grey.png. */
const greyPixels = Array.from({ length: 24 }, (_, index) => (37 + 11 * (index % 6) + 29 * Math.floor(index / 6) ** 2) % 256);

test('small pictures of one size keep it, grey ones stay grey, in the order of their paths', async () => {
  const { record, pixels, texts } = await imported(folder({ 'dogs/2.png': golden('grey.png'), 'cats/1.png': golden('grey.png') }));
  expect(DatasetRecord.parse(record)).toEqual(record);
  expect(record).toMatchObject({ name: 'pets', rows: 2 });
  expect(record.fields[0]).toMatchObject({ name: 'picture', type: 'picture', picture: { height: 4, width: 6, channels: 1 }, distinct: 1 });
  expect(record.fields[1]).toMatchObject({ name: 'label', type: 'category', missing: 0, distinct: 2 });
  expect(texts('file')).toEqual(['cats/1.png', 'dogs/2.png']);
  expect(texts('label')).toEqual(['cats', 'dogs']);
  expect([...pixels]).toEqual([...greyPixels, ...greyPixels]);
  expect(record.warnings).toEqual([
    expect.objectContaining({ code: 'duplicate-pictures', message: expect.stringMatching(/^1 of 2 pictures/) as string }),
  ]);
});

const mixed = {
  'cats/1.png': golden('grey.png'),
  'cats/2.png': golden('opacity.png'),
  'cats/3.jpg': golden('colour.jpeg'),
  'dogs/4.jpeg': golden('turned.jpeg'),
  'dogs/5.webp': golden('lossy.webp'),
  // The bytes say what it is, not the name.
  'dogs/6.png': golden('lossless.webp'),
};

test('pictures of several sizes and formats come to 64 × 64 in colour, or to what is asked for', async () => {
  for (const size of [undefined, { height: 5, width: 7, channels: 1 } as const]) {
    const expected = size ?? { height: 64, width: 64, channels: 3 };
    const { record, pixels } = await imported(folder(mixed), size && { pictures: size });
    expect(record.fields[0].picture).toEqual(expected);
    // The lossless picture is the one with opacity, in another format.
    expect(record.warnings.map(({ code }) => code)).toEqual(['duplicate-pictures']);
    const length = expected.height * expected.width * expected.channels;
    for (const [row, [path, bytes]] of Object.entries(mixed).entries()) {
      const own = resizePicture(await decodePicture(bytes, path, loadDecoder), expected);
      expect(pixels.slice(row * length, (row + 1) * length), path).toEqual(own);
    }
  }
});

test('pictures of two sizes come to 64 × 64, and stay grey', async () => {
  const files = { 'cats/1.png': golden('grey.png'), 'dogs/2.jpeg': golden('grey.jpeg') };
  const { record } = await imported(folder(files));
  expect(record.fields[0].picture).toEqual({ height: 64, width: 64, channels: 1 });
});

test('what cannot be read is left out, and told by name', async () => {
  const { record, texts } = await imported(
    folder({
      'cats/broken.png': golden('grey.png').slice(0, 70),
      'cats/fine.png': golden('grey.png'),
      'dogs/.DS_Store': new Uint8Array(9),
      'dogs/fine.png': golden('grey.png'),
      'dogs/notes.txt': new TextEncoder().encode('They bark.'),
    }),
  );
  expect(texts('file')).toEqual(['cats/fine.png', 'dogs/fine.png']);
  const told = record.warnings
    .filter(({ code }) => code !== 'duplicate-pictures')
    .map(({ message }) => message)
    .join('\n');
  expect(told).toContain('cats/broken.png');
  expect(told).not.toContain('.DS_Store');
  const { record: other } = await imported(
    folder({ 'cats/fine.png': golden('grey.png'), 'dogs/notes.txt': new TextEncoder().encode('They bark.') }),
  );
  expect(other.warnings).toEqual([
    expect.objectContaining({ code: 'files-skipped', message: expect.stringContaining('dogs/notes.txt') as string }),
  ]);
});

test('a picture beside the folders of classes has no class, and is told of', async () => {
  const { record, texts } = await imported(
    folder({ 'cats/1.png': golden('grey.png'), 'dogs/2.png': golden('grey.png'), '3.png': golden('grey.png') }),
  );
  expect(texts('label')).toEqual([undefined, 'cats', 'dogs']);
  expect(record.warnings).toContainEqual(
    expect.objectContaining({ code: 'pictures-without-class', message: expect.stringContaining('3.png') as string }),
  );
});

test('no classes, no pictures and an empty folder are refused with advice', async () => {
  expect(await failureOf(imported(folder({ '1.png': golden('grey.png'), '2.png': golden('grey.png') })))).toMatchObject({
    code: 'no-classes',
    advice: expect.stringContaining('cats/tom.jpg') as string,
  });
  const texts = { 'cats/a.md': new TextEncoder().encode('a'), 'dogs/b.md': new TextEncoder().encode('b') };
  const unreadable: [Parameters<typeof folder>[0], string][] = [
    [texts, 'nothing-to-read'],
    [{}, 'nothing-to-read'],
    [{ 'cats/a.png': golden('grey.png').slice(0, 70) }, 'no-pictures'],
  ];
  for (const [files, code] of unreadable) {
    expect(await failureOf(imported(folder(files)))).toMatchObject({
      code,
      message: expect.stringContaining('pets') as string,
      place: { file: 'pets' },
    });
  }
});
