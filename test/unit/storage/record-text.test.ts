import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord, writeRecord } from '../../../src/storage/record-text.js';

const keys = fc.oneof(fc.string(), fc.constantFrom('$number', '$$number', '$', '__proto__', 'constructor'));
const numbers = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0));
const { record } = fc.letrec((tie) => ({
  record: fc.oneof(
    { maxDepth: 4 },
    numbers,
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('record')),
    fc.dictionary(keys, tie('record')),
  ),
}));

describe('a record as text', () => {
  it('comes back without loss, whatever its keys and numbers', () => {
    fc.assert(
      fc.property(record, (value) => {
        expect(readRecord(writeRecord(value))).toEqual(value);
      }),
    );
  });

  it('is JSON for people: plain numbers and keys stay as they are', () => {
    expect(JSON.parse(writeRecord({ rows: 150, list: [0.5, 'x'] }))).toEqual({ rows: 150, list: [0.5, 'x'] });
  });

  it('takes data that looks like one of our numbers for data', () => {
    expect(readRecord(writeRecord({ $number: 'NaN' }))).toEqual({ $number: 'NaN' });
  });
});
