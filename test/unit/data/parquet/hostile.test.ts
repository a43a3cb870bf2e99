/** Parquet that lies: refused as bad input, in bounded memory and time, whatever its bytes say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BenchwrightError, InputError } from '../../../../src/base/errors.js';
import { goldenBytes, goldenNames, readAll } from './golden.js';
import { footerWith, list, struct, thrift } from './thrift-writer.js';

const refused = async (bytes: Uint8Array): Promise<InputError> => {
  const error = await readAll(bytes, { rowsPerBatch: 8192 }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
};

describe('a footer', () => {
  const whole = goldenBytes('codec-zstd');
  const withLength = (length: number): Uint8Array => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setUint32(bytes.length - 8, length, true);
    return bytes;
  };

  it.each([0, 1, 7, whole.length, 2 ** 31, 2 ** 32 - 1])('whose length is said to be %i', async (length) => {
    expect((await refused(withLength(length))).code).toMatch(/damaged-file|unsupported-parquet/);
  });

  it('that is cut off, or of something else', async () => {
    for (const length of [0, 4, 11, 12, 1000, whole.length - 1]) expect((await refused(whole.slice(0, length))).code).toBe('not-parquet');
    expect((await refused(new TextEncoder().encode('PAR1 but a text all the same'))).code).toBe('not-parquet');
  });

  it('that is encrypted', async () => {
    const bytes = whole.slice();
    bytes.set(new TextEncoder().encode('PARE'), bytes.length - 4);
    expect((await refused(bytes)).message).toContain('encrypted');
  });

  it('of numbers with endless digits, endless lists and endless depth', async () => {
    expect((await refused(footerWith(new Uint8Array(2 ** 20).fill(0xff).fill(0x15, 0, 1)))).message).toContain('digits');
    // Field 1 is a struct, whose field 1 is a struct, and so on.
    expect((await refused(footerWith(new Uint8Array(2 ** 20).fill(0x1c)))).message).toContain('deep');
    // A list of two thousand million lists.
    expect((await refused(footerWith(Uint8Array.of(0x29, 0xf9, 0xff, 0xff, 0xff, 0xff, 0x07)))).code).toBe('damaged-file');
  });

  const column = (name: string, more: Record<number, Uint8Array> = {}) =>
    struct({ 1: thrift.i32(1), 3: thrift.i32(0), 4: thrift.text(name), ...more });
  const root = (children: number) => struct({ 4: thrift.text('root'), 5: thrift.i32(children) });
  const meta = (more: Record<number, Uint8Array> = {}) =>
    struct({ 3: struct({ 1: thrift.i32(1), 4: thrift.i32(0), 5: thrift.i64(10), 7: thrift.i64(100), 9: thrift.i64(4), ...more }) });
  const group = (rows: number, columns: Uint8Array[]) => struct({ 1: list(columns), 3: thrift.i64(rows) });
  const file = (schema: Uint8Array[], rows: number, groups: Uint8Array[]) =>
    footerWith(struct({ 1: thrift.i32(1), 2: list(schema), 3: thrift.i64(rows), 4: list(groups) }));

  it('whose schema has more children than fields, none, or a hundred thousand levels', async () => {
    expect((await refused(file([root(2 ** 30), column('a')], 0, []))).message).toContain('more fields');
    expect((await refused(file([root(0)], 0, []))).message).toContain('no columns');
    const deep = Array.from({ length: 100_000 }, () => struct({ 3: thrift.i32(1), 4: thrift.text('a'), 5: thrift.i32(1) }));
    expect((await refused(file([root(1), ...deep, column('a')], 0, []))).message).toContain('deep');
  });

  it('of too many columns', async () => {
    expect((await refused(file([root(20_000), ...Array.from({ length: 20_000 }, (_, i) => column(`c${i}`))], 0, []))).code).toBe(
      'too-many-columns',
    );
  });

  it('whose columns lie outside the file, or have other numbers of rows', async () => {
    const one = (more: Record<number, Uint8Array>, rows = 10) => file([root(1), column('a')], rows, [group(10, [meta(more)])]);
    const outside: Record<number, Uint8Array>[] = [
      { 9: thrift.i64(2 ** 40) },
      { 7: thrift.i64(2 ** 40) },
      { 7: thrift.i64(-1) },
      { 9: thrift.i64(-5) },
      { 9: thrift.i64(0) },
    ];
    for (const more of outside) expect((await refused(one(more))).message).toContain('outside');
    expect((await refused(one({ 5: thrift.i64(11) }))).message).toContain('11 values');
    expect((await refused(one({}, 11))).message).toContain('11 rows');
    expect((await refused(file([root(1), column('a')], 10, [group(10, [])]))).message).toContain('columns');
    expect((await refused(file([root(1), column('a')], 2 ** 40, [group(2 ** 40, [meta()])]))).message).toContain('rows');
  });

  it('of a thousand million rows in no bytes', async () => {
    const bomb = file([root(1), column('a')], 2e9, [group(2e9, [meta({ 5: thrift.i64(2e9) })])]);
    expect((await refused(bomb)).code).toBe('unpacks-too-large');
  });

  it('whose column is in another file, encrypted, or packed with what is not there', async () => {
    const other = struct({ 1: thrift.text('../../etc/passwd'), 3: struct({ 5: thrift.i64(10), 7: thrift.i64(9), 9: thrift.i64(4) }) });
    expect((await refused(file([root(1), column('a')], 10, [group(10, [other])]))).code).toBe('unsupported-parquet');
    for (const codec of [3, 8, 99]) {
      expect((await refused(file([root(1), column('a')], 10, [group(10, [meta({ 4: thrift.i32(codec) })])]))).code).toBe(
        'unsupported-parquet',
      );
    }
  });
});

describe('pages', () => {
  const page = (header: Uint8Array, body: Uint8Array, { rows = 10, optional = false, type = 1 } = {}): Uint8Array => {
    const data = Uint8Array.of(...header, ...body);
    const padded = new Uint8Array(Math.max(100, data.length));
    padded.set(data);
    const schema = [
      struct({ 4: thrift.text('root'), 5: thrift.i32(1) }),
      struct({ 1: thrift.i32(type), 3: thrift.i32(optional ? 1 : 0), 4: thrift.text('a') }),
    ];
    const meta = struct({ 3: struct({ 4: thrift.i32(0), 5: thrift.i64(rows), 7: thrift.i64(padded.length), 9: thrift.i64(4) }) });
    const group = struct({ 1: list([meta]), 3: thrift.i64(rows) });
    return footerWith(struct({ 1: thrift.i32(1), 2: list(schema), 3: thrift.i64(rows), 4: list([group]) }), padded);
  };
  const header = (unpacked: number, packed: number, values: number, encoding = 0) =>
    struct({
      1: thrift.i32(0),
      2: thrift.i32(unpacked),
      3: thrift.i32(packed),
      5: struct({ 1: thrift.i32(values), 2: thrift.i32(encoding), 3: thrift.i32(3), 4: thrift.i32(3) }),
    });

  it('are read where they are sound', async () => {
    const body = new Uint8Array(Int32Array.from({ length: 10 }, (_, row) => row * row).buffer);
    expect((await readAll(page(header(40, 40, 10), body))).get('a')).toEqual([0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);
  });

  it.each([
    ['a page longer than its column', header(40, 2 ** 30, 10), 40],
    ['a negative length', header(40, -5, 10), 40],
    ['2 GiB unpacked', header(2 ** 31 - 1, 40, 10), 40],
    ['fewer bytes than values', header(20, 20, 10), 20],
    ['another length than said', header(400, 40, 10), 40],
    ['more values than rows', header(80, 80, 20), 80],
    ['a negative number of values', header(40, 40, -3), 40],
    ['a dictionary that is not there', header(40, 40, 10, 8), 40],
    ['an unknown encoding', header(40, 40, 10, 77), 40],
    ['differences in blocks of no size', header(40, 40, 10, 5), 40],
  ])('with %s', async (_, head, length) => {
    expect((await refused(page(head, new Uint8Array(length)))).code).toBe('damaged-file');
  });

  it('with runs that are longer than the page, without end, or empty for ever', async () => {
    const levels = (runs: number[]) => Uint8Array.of(runs.length, 0, 0, 0, ...runs, ...new Uint8Array(40));
    const one = (runs: number[]) => page(header(44 + runs.length, 44 + runs.length, 10), levels(runs), { optional: true });
    // Two thousand million times "there": what is beyond the rows is never looked at.
    expect((await readAll(one([0xfe, 0xff, 0xff, 0xff, 0x0f, 1]))).get('a')).toHaveLength(10);
    for (const runs of [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0, 0, 0], [2, 1], [3], []])
      expect((await refused(one(runs))).code).toBe('damaged-file');
  });

  it('of a billion empty texts', async () => {
    // DELTA_LENGTH_BYTE_ARRAY: blocks of 128 in 4, 1,000 million lengths, all of them 0.
    const body = Uint8Array.of(0x80, 0x01, 0x04, 0x80, 0x94, 0xeb, 0xdc, 0x03, 0x00, ...new Uint8Array(60));
    expect((await refused(page(header(69, 69, 10, 6), body, { type: 6 }))).message).toContain('more texts');
  });

  it('that unpack to more than they say', async () => {
    // A zstd frame of one block: 128 KiB of one byte.
    const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x03, 0x00, 0x10, 0x41);
    const bytes = goldenBytes('codec-zstd');
    const { unpackerFor } = await import('../../../../src/data/parquet/codecs.js');
    const unpack = await unpackerFor(6, 'bomb');
    expect(() => unpack(frame, 100).length).not.toThrow(RangeError);
    expect(bytes.length).toBeGreaterThan(frame.length);
  });
});

describe('real files with some bytes changed', () => {
  const files = goldenNames.filter((name) => !['types', 'empty'].includes(name)).map(goldenBytes);

  it('are read, or refused as bad input', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: files.length - 1 }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.boolean(),
        async (index, changes, inFooter) => {
          const bytes = files[index].slice();
          const footer = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
          const [from, length] = inFooter ? [bytes.length - 8 - footer, footer] : [0, bytes.length];
          for (const [place, value] of changes) bytes[from + Math.floor(place * length)] = value;
          await readAll(bytes, { rowsPerBatch: 512 }).catch((error: unknown) => expect(error).toBeInstanceOf(BenchwrightError));
        },
      ),
      { numRuns: 300, seed: 4 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it('cut off anywhere are refused', async () => {
    for (const bytes of files.slice(0, 4)) {
      // The end stays, so that the footer is found and the data before it is not.
      const footer = new DataView(bytes.buffer).getUint32(bytes.length - 8, true) + 8;
      for (const share of [0.1, 0.5, 0.9]) {
        const data = Math.floor((bytes.length - footer) * share);
        expect((await refused(Uint8Array.of(...bytes.slice(0, data), ...bytes.slice(-footer)))).code).toBe('damaged-file');
      }
    }
  });
});
