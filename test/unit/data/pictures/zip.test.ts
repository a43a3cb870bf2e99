/** Zips of pictures, and zips that lie. */
import { expect, test } from 'vitest';
import { checkPath } from '../../../../src/data/pictures/check-entries.js';
import { failureOf, golden, imported, zip } from './golden.js';

test('a zip is a folder', async () => {
  const { record, texts, pixels } = await imported(zip(golden('small.zip')));
  expect(record).toMatchObject({
    rows: 4,
    fields: [{ picture: { height: 4, width: 4, channels: 1 } }, { name: 'label' }, { name: 'file' }],
  });
  expect(record.warnings).toEqual([]);
  expect(texts('label')).toEqual(['cats', 'cats', 'horses', 'horses']);
  expect(texts('file')).toEqual(['cats/0.png', 'cats/1.png', 'horses/0.png', 'horses/1.png']);
  // Seed 41 of test/golden/pictures/make.py.
  expect([...pixels.slice(16, 20)]).toEqual([0, 1, 2, 3].map((x) => (41 * 37 + 11 * x) % 256));
});

test('wherever it is cut off, it is refused by name', async () => {
  const whole = golden('small.zip');
  for (const length of [5, 22, 300, whole.length - 22, whole.length - 1]) {
    expect(await failureOf(imported(zip(whole.slice(0, length)))), `${length} bytes`).toMatchObject({
      code: 'damaged-file',
      message: expect.stringContaining('pets.zip') as string,
    });
  }
});

test('a file with a wrong checksum is left out by name', async () => {
  const bytes = golden('small.zip');
  // The check of the first file, in the list at the end (APPNOTE 6.3, 4.3.12).
  const entry = bytes.findIndex((_, place) => bytes[place] === 0x50 && bytes[place + 1] === 0x4b && bytes[place + 2] === 1);
  bytes[entry + 16] ^= 1;
  bytes[14] ^= 1;
  const { record, texts } = await imported(zip(bytes));
  expect(texts('file')).toEqual(['cats/1.png', 'horses/0.png', 'horses/1.png']);
  expect(record.warnings).toEqual([expect.objectContaining({ message: expect.stringContaining('cats/0.png') as string })]);
});

/** 64 MiB of zeros after a small picture, packed to 66 KB. */
const honest = golden('bomb.zip');

function lying(): Uint8Array<ArrayBuffer> {
  const bytes = honest.slice();
  const view = new DataView(bytes.buffer);
  const announced = 2 ** 26;
  let found = 0;
  for (let place = 0; place + 4 <= bytes.length; place++) {
    const size = view.getUint32(place, true);
    if (size < announced || size > announced + 200) continue;
    view.setUint32(place, 100, true);
    found += 1;
  }
  expect(found, 'once before the file, once in the list').toBe(2);
  return bytes;
}

test.each([
  ['as announced', () => honest, 'cats/huge.png unpacks to more than 200 times its size'],
  ['though it announced 100 bytes', lying, 'cats/huge.png unpacks to more than the 100 bytes that its archive announces'],
])('an archive with a file that unpacks beyond all pictures, %s, is refused', async (_, bytes, message) => {
  expect(await failureOf(imported(zip(bytes())))).toMatchObject({
    code: 'unpacks-too-large',
    message: expect.stringContaining(message) as string,
  });
});

test('names that lead out of the archive are refused', async () => {
  expect(await failureOf(imported(zip(golden('upwards.zip'))))).toMatchObject({
    code: 'unsafe-path',
    message: expect.stringContaining('"../../cats/0.png"') as string,
    place: { file: 'pets.zip' },
  });
  for (const name of ['/etc/passwd', 'C:\\a.png', 'a\\..\\b.png', 'a/../../b.png', 'a\0.png']) {
    expect(() => checkPath(name, 'pets.zip'), name).toThrow('leads out');
  }
  for (const name of ['a..b/c.png', '..hidden/c.png', './a.png', 'a/...png']) checkPath(name, 'pets.zip');
});

test('a zip that lost bytes at its beginning is refused: its list is before where it is said to be', async () => {
  const whole = golden('small.zip');
  for (const lost of [1, 4, 29, 50]) {
    const bytes = new Uint8Array([...whole.subarray(0, 3), ...whole.subarray(3 + lost)]);
    const { code } = (await failureOf(imported(zip(bytes)))) as { code: string };
    expect(['damaged-file', 'nothing-to-read', 'no-pictures'], `${lost} bytes`).toContain(code);
  }
});

test('files that share bytes are refused', async () => {
  const bytes = golden('small.zip');
  const places = [...bytes.keys()].filter(
    (place) => new DataView(bytes.buffer).getUint32(Math.min(place, bytes.length - 4), true) === 0x02014b50,
  );
  // The second of the list is where the first is (APPNOTE 6.3, 4.3.12).
  const view = new DataView(bytes.buffer);
  view.setUint32(places[1] + 42, view.getUint32(places[0] + 42, true), true);
  expect(await failureOf(imported(zip(bytes)))).toMatchObject({
    code: 'damaged-file',
    message: expect.stringContaining('share bytes') as string,
  });
});

test('a password is asked of nobody: the zip is refused', async () => {
  expect(await failureOf(imported(zip(golden('locked.zip'))))).toMatchObject({
    code: 'zip-encrypted',
    message: expect.stringContaining('password') as string,
    advice: expect.stringContaining('Unpack') as string,
    place: { file: 'pets.zip' },
  });
});
