/** Picture files: what their first bytes say, and their pixels, which ImageMagick's decoders read as ours do. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodePicture } from '../../../../src/data/pictures/decode.js';
import { readHeader } from '../../../../src/data/pictures/header.js';
import { resizePicture } from '../../../../src/data/pictures/resize.js';
import { loadDecoder } from '../../../../src/host/node/decoder.js';
import hashes from '../../../golden/pictures/hashes.json' with { type: 'json' };
import resized from '../../../golden/pictures/resized.json' with { type: 'json' };
import { failureOf, golden, imported, zip } from './golden.js';

test('the first bytes tell format, size and whether there may be colours', () => {
  const told = Object.fromEntries(Object.keys(hashes).map((name) => [name, readHeader(golden(name))]));
  expect(told).toEqual({
    'colour.jpeg': { format: 'jpeg', height: 12, width: 20, grey: false },
    'grey.jpeg': { format: 'jpeg', height: 12, width: 20, grey: true },
    'grey.png': { format: 'png', height: 4, width: 6, grey: true },
    'lossless.webp': { format: 'webp', height: 3, width: 5, grey: false },
    'lossy.webp': { format: 'webp', height: 12, width: 20, grey: false },
    'opacity.png': { format: 'png', height: 3, width: 5, grey: false },
    'palette.png': { format: 'png', height: 7, width: 9, grey: false },
    'turned.jpeg': expect.objectContaining({ format: 'jpeg', grey: false }),
  });
});

test('no beginning of a file makes the header misread or throw', () => {
  for (const name of Object.keys(hashes)) {
    const whole = golden(name);
    const header = readHeader(whole);
    for (let length = 0; length < whole.length; length++) {
      const told = readHeader(whole.subarray(0, length));
      if (told) expect(told, `${name}, ${length} bytes`).toEqual(header);
    }
  }
  expect(readHeader(new TextEncoder().encode('GIF89a, which is another format and long enough for a header'))).toBeUndefined();
});

const sha256 = (pixels: Uint8Array | Uint8ClampedArray): string => createHash('sha256').update(pixels).digest('hex');

test.each(Object.entries(hashes))('%s has the pixels that another decoder reads', async (name, hash) => {
  const { pixels, height, width } = await decodePicture(golden(name), name, loadDecoder);
  expect(pixels.length).toBe(height * width * 4);
  expect(sha256(pixels)).toBe(hash);
});

test('what test/browser/data/pictures.test.ts expects of a browser comes out here', async () => {
  for (const name of Object.keys(hashes) as (keyof typeof hashes)[]) {
    const picture = await decodePicture(golden(name), name, loadDecoder);
    expect(sha256(resizePicture(picture, { height: 7, width: 5, channels: 3 })), name).toBe(resized[name]);
  }
  expect(sha256((await imported(zip(golden('small.zip')))).pixels)).toBe(resized['small.zip']);
});

test('a camera held upright is believed: the picture is turned', async () => {
  const [lying, upright] = await Promise.all(['colour.jpeg', 'turned.jpeg'].map((name) => decodePicture(golden(name), name, loadDecoder)));
  expect([upright.height, upright.width]).toEqual([lying.width, lying.height]);
  const at = ({ width, pixels }: typeof lying, y: number, x: number): number[] => [
    ...pixels.slice((y * width + x) * 4, (y * width + x) * 4 + 4),
  ];
  for (let y = 0; y < upright.height; y++) {
    for (let x = 0; x < upright.width; x++) expect(at(upright, y, x)).toEqual(at(lying, lying.height - 1 - x, y));
  }
});

test('damaged files, other files and lying sizes are refused by name, and the next picture is read', async () => {
  const refused = (bytes: Uint8Array): Promise<unknown> => failureOf(decodePicture(bytes, 'cats/tom', loadDecoder));
  const damaged = expect.objectContaining({
    code: 'not-a-picture',
    message: expect.stringContaining('cats/tom') as string,
    place: { file: 'cats/tom' },
  });
  for (const name of ['grey.png', 'lossless.webp']) {
    expect(await refused(golden(name).subarray(0, 60)), name).toEqual(damaged);
    const { pixels } = await decodePicture(golden(name), name, loadDecoder);
    expect(sha256(pixels)).toBe(hashes[name as keyof typeof hashes]);
  }
  // Zeros from within its tables on: the decoder gives up, and a new one takes its place.
  const jpeg = golden('colour.jpeg');
  jpeg.fill(0, 200);
  expect(await refused(jpeg)).toEqual(damaged);
  expect(sha256((await decodePicture(golden('colour.jpeg'), 'colour.jpeg', loadDecoder)).pixels)).toBe(hashes['colour.jpeg']);
  expect(await refused(new TextEncoder().encode('GIF89a'))).toEqual(damaged);
  expect(await refused(new Uint8Array(0))).toEqual(damaged);
  const huge = golden('grey.png');
  new DataView(huge.buffer).setUint32(16, 2 ** 31 - 1);
  expect(await refused(huge)).toMatchObject({ code: 'picture-bomb', place: { file: 'cats/tom' } });
  const large = new Uint8Array(2 ** 20);
  large.set(golden('grey.png'));
  for (const at of [16, 20]) new DataView(large.buffer).setUint32(at, 8_001);
  expect(await refused(large)).toMatchObject({ code: 'picture-too-large', place: { file: 'cats/tom' } });
  new DataView(huge.buffer).setUint32(16, 0);
  expect(await refused(huge)).toMatchObject({ code: 'picture-too-large' });
});
