import { expect, test } from 'vitest';
import { StorageError } from '../../../src/base/errors.js';
import { decodeFloats, encodeFloats } from '../../../src/infer/weights.js';

test('floats are stored as IEEE 754 with the lowest byte first', () => {
  expect([...encodeFloats(Float32Array.of(1, -2))]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
});

test('come back bit by bit, from any place in a buffer', () => {
  const values = Float32Array.of(0, -0, 1e-45, 3.4e38, Number.POSITIVE_INFINITY, Number.NaN, 0.1);
  const stored = new Uint8Array(3 + values.byteLength);
  stored.set(encodeFloats(values), 3);
  expect(new Uint32Array(decodeFloats(stored.subarray(3)).buffer)).toEqual(new Uint32Array(values.buffer));
});

test('what is given is copied', () => {
  const values = Float32Array.of(1);
  const bytes = encodeFloats(values);
  values[0] = 2;
  expect(decodeFloats(bytes)[0]).toBe(1);
});

test('what is given is copied too where it is a Buffer of Node, which may begin anywhere', () => {
  const given = Buffer.concat([Buffer.of(0), encodeFloats(Float32Array.of(1, 2))]).subarray(1);
  const read = decodeFloats(given);
  given.fill(0);
  expect([...read]).toEqual([1, 2]);
});

test('another length than expected is damage', () => {
  const bytes = encodeFloats(Float32Array.of(1, 2, 3));
  for (const wrong of [() => decodeFloats(bytes, 4), () => decodeFloats(bytes.subarray(1))]) {
    expect(wrong).toThrow(StorageError);
    expect(wrong).toThrow(expect.objectContaining({ code: 'weights-damaged' }));
  }
});
