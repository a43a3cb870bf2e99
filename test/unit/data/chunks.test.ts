import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeChunk, encodeChunk } from '../../../src/data/chunks.js';
import type { Column, TableChunk } from '../../../src/data/table.js';
import { joinChunks, sliceChunk } from '../../../src/data/whole.js';

const chunk: fc.Arbitrary<TableChunk> = fc.nat(9).chain((rows) => {
  const number = fc
    .array(fc.double(), { minLength: rows, maxLength: rows })
    .map((values): Column => ({ kind: 'number', values: Float64Array.from(values) }));
  const text = fc
    .record({
      dictionary: fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
      picks: fc.array(fc.nat(99), { minLength: rows, maxLength: rows }),
    })
    .map(
      ({ dictionary, picks }): Column => ({
        kind: 'text',
        codes: Int32Array.from(picks, (pick) => (pick % (dictionary.length + 1)) - 1),
        dictionary,
      }),
    );
  return fc.array(fc.oneof(number, text), { minLength: 1, maxLength: 4 }).map((columns) => ({ rows, columns }));
});

const sample: TableChunk = {
  rows: 3,
  columns: [
    { kind: 'number', values: Float64Array.of(1.5, NaN, -0) },
    { kind: 'text', codes: Int32Array.of(0, -1, 1), dictionary: ['ä', '\uFEFFb'] },
  ],
};

test('what is encoded decodes to the same, wherever the bytes lie', () => {
  fc.assert(
    fc.property(chunk, fc.nat(7), (value, offset) => {
      const bytes = encodeChunk(value);
      const elsewhere = new Uint8Array(bytes.length + offset);
      elsewhere.set(bytes, offset);
      expect(decodeChunk(elsewhere.subarray(offset))).toEqual(value);
    }),
  );
});

test('a cut or changed chunk is a chunk of the same size or a StorageError, never anything else', () => {
  const bytes = encodeChunk(sample);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeChunk(bytes.subarray(0, length))).toThrow(expect.objectContaining({ name: 'StorageError', code: 'chunk-invalid' }));
  }
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, byte) => {
      const changed = bytes.slice();
      changed[place] = byte;
      try {
        expect(decodeChunk(changed).columns).toHaveLength(2);
      } catch (error) {
        expect(error).toMatchObject({ name: 'StorageError', code: 'chunk-invalid' });
      }
    }),
    { numRuns: 400 },
  );
});

test('a code without a text and a text outside the chunk are refused', () => {
  const bytes = encodeChunk(sample);
  // From the end: two texts in 5 bytes, padded to 8; two ends in 8; three codes in 12, padded to 16.
  const changed = (fromEnd: number, value: number): (() => TableChunk) => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setInt32(copy.length - fromEnd, value, true);
    return () => decodeChunk(copy);
  };
  expect(changed(32, 1)().columns[1]).toMatchObject({ codes: Int32Array.of(1, -1, 1) });
  expect(changed(32, 2)).toThrow(/a code has no text/);
  expect(changed(32, -2)).toThrow(/a code has no text/);
  expect(changed(16, 7)).toThrow(/a text lies outside/);
  expect(changed(12, 1)).toThrow(/a text lies outside/);
  expect(changed(12, 9)).toThrow(/a text lies outside/);
});

const rowsOf = ({ rows, columns }: TableChunk): unknown[][] =>
  Array.from({ length: rows }, (_, row) =>
    columns.map((column) =>
      column.kind === 'text' ? (column.dictionary[column.codes[row]] ?? null) : column.kind === 'number' ? column.values[row] : null,
    ),
  );

test('slices joined again are the whole', () => {
  fc.assert(
    fc.property(chunk, fc.nat(9), (value, at) => {
      const cut = Math.min(at, value.rows);
      const names = value.columns.map((_, index) => `c${index}`);
      const joined = joinChunks(names, [sliceChunk(value, 0, cut), sliceChunk(value, cut, value.rows)]);
      expect(rowsOf(joined)).toEqual(rowsOf(value));
    }),
  );
});
