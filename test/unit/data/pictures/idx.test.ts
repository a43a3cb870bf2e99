import { expect, test } from 'vitest';
import { parseIdx } from '../../../../src/data/pictures/idx.js';

/** Two pictures of 1 × 3. */
const header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3];
const idx = (...values: number[]): Uint8Array => Uint8Array.from([...header, ...values]);

test('extents and values are read, also from the middle of a buffer', () => {
  const expected = { extents: [2, 1, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  expect(parseIdx(idx(1, 2, 3, 4, 5, 6), 'x')).toEqual(expected);
  expect(parseIdx(Uint8Array.from([9, 9, ...idx(1, 2, 3, 4, 5, 6)]).subarray(2), 'x')).toEqual(expected);
});

test.each([
  ['a value too few', idx(1, 2, 3, 4, 5)],
  ['a value too many', idx(1, 2, 3, 4, 5, 6, 7)],
  ['extents whose product goes beyond all numbers', Uint8Array.from([0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255, 1])],
  ['numbers of another kind', Uint8Array.from([0, 0, 13, 1, 0, 0, 0, 1, 7])],
  ['another beginning', Uint8Array.from([1, 0, 8, 1, 0, 0, 0, 1, 7])],
  ['no extents', Uint8Array.of(0, 0, 8, 0)],
  ['extents cut off', Uint8Array.from(header.slice(0, 10))],
  ['nothing', new Uint8Array(0)],
])('%s is refused by name', (_, bytes) => {
  expect(() => parseIdx(bytes, 'labels.idx')).toThrow(
    expect.objectContaining({
      code: 'damaged-file',
      message: expect.stringContaining('labels.idx') as string,
      place: { file: 'labels.idx' },
    }),
  );
});
