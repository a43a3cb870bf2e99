/** What cannot be read: each with its own code, naming the file and the place, and saying what to do. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Source } from '../../../src/data/source.js';
import { openSource } from '../../../src/data/sources/bytes.js';
import { TextReader } from '../../../src/data/sources/decode.js';
import { firstInvalidUtf8 } from '../../../src/data/sources/utf8.js';
import { bytesSource, inPieces, openCsv, readAll, readBuiltin, textSource } from './files.js';

const encoder = new TextEncoder();
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

const refused: [string, Source, { code: string; place?: object; message?: RegExp; advice?: RegExp }][] = [
  ['nothing', textSource(''), { code: 'empty-file', message: /table\.csv is empty/ }],
  ['only a byte order mark', bytesSource(bytes(0xef, 0xbb, 0xbf)), { code: 'empty-file' }],
  ['only blank lines', textSource('\n \n\n'), { code: 'empty-file' }],
  ['only names', textSource('a,b\n'), { code: 'no-rows', message: /2 column names/ }],
  [
    'too few cells',
    textSource('a,b\n1,2\n"x\ny",3\n4\n'),
    { code: 'ragged-row', place: { file: 'table.csv', row: 3, line: 5, expected: 2, found: 1 } },
  ],
  ['too many cells', textSource('a,b\n1,2,3\n'), { code: 'ragged-row', message: /line 2 \(row 1\): 3 cells, expected 2/ }],
  ['an open quote', textSource('a,b\n1,2\n3,"4\n5,6\n'), { code: 'unclosed-quote', place: { line: 3 } }],
  ['a record without end', textSource(`a,b\n1,"${'x\n'.repeat(5 * 2 ** 20)}`), { code: 'record-too-long', place: { line: 2 } }],
  ['a cell too long', textSource(`a,b\n1,${'x'.repeat(2 ** 20 + 1)}\n`), { code: 'cell-too-long', place: { row: 1, column: 'b' } }],
  [
    '100,000 columns',
    textSource(`${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\n`),
    { code: 'too-many-columns', message: /100000 columns/ },
  ],
  ['a picture', bytesSource(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a), 'a.png'), { code: 'not-a-table', message: /PNG/ }],
  ['a spreadsheet', bytesSource(bytes(0x50, 0x4b, 0x03, 0x04, 0x14), 'a.xlsx'), { code: 'not-a-table', advice: /save it as CSV/ }],
  ['a zip archive', bytesSource(bytes(0x50, 0x4b, 0x03, 0x04, 0x14), 'a.zip'), { code: 'not-a-table', advice: /Unpack/ }],
  ['Parquet', bytesSource(encoder.encode('PAR1 and no end'), 'a.parquet'), { code: 'not-parquet', message: /Parquet/ }],
  ['binary data', bytesSource(bytes(1, 0, 2, 3, 0, 0, 7, 0, 0, 0)), { code: 'not-a-table', message: /binary/ }],
  [
    'JSON cut off',
    textSource('[{"a": 1},\n{"a": "x', 'a.json'),
    { code: 'damaged-json', place: { file: 'a.json', row: 2, line: 2, byte: 19 } },
  ],
  ['JSON of no rows', textSource('[]', 'a.json'), { code: 'json-without-rows' }],
  ['JSON of one name after the other', textSource('["a", "b"]', 'a.json'), { code: 'no-rows' }],
  [
    'a value that is none',
    textSource('{"a": 1}\n{"a": tru}'),
    { code: 'damaged-json', message: /line 2 \(row 2\), byte 15.*"t" where a value/ },
  ],
  ['a leading zero', textSource('{"a": 1}\n{"a": 007}'), { code: 'damaged-json', message: /leading zeros/ }],
  ['a comma too many', textSource('[{"a": 1},]'), { code: 'damaged-json', message: /"\]" where a row/ }],
  ['something behind the end', textSource('[{"a": 1}] x'), { code: 'damaged-json', message: /"x" where the end/ }],
  ['a row that is no object', textSource('[{"a": 1}, 5]'), { code: 'json-without-rows', place: { row: 2 } }],
  [
    'several tables in an object',
    textSource('{"users": [{"a": 1}], "things": [{"b": 1}]}'),
    { code: 'json-without-rows', message: /"users", "things"/ },
  ],
  ['too few values in an array', textSource('[["a","b"],[1,2],[3]]'), { code: 'ragged-row', place: { row: 2, expected: 2, found: 1 } }],
  ['objects in objects without end', textSource(`${'{"a":'.repeat(100_000)}1`), { code: 'too-deep', message: /64/ }],
  ['arrays in arrays without end', textSource(`{"a":${'['.repeat(100_000)}`), { code: 'too-deep', message: /64/ }],
  ['a text without end', textSource(`[{"a":"${'x'.repeat(9 * 2 ** 20)}`), { code: 'record-too-long', place: { row: 1 } }],
  ['a value too long', textSource(`[{"a":"${'x'.repeat(2 ** 20 + 1)}"}]`), { code: 'cell-too-long', place: { row: 1, column: 'a' } }],
  [
    '100,000 names',
    textSource(`{${Array.from({ length: 100_000 }, (_, index) => `"c${index}":1`).join(',')}}`),
    { code: 'too-many-columns' },
  ],
  ['a name of 10,000 letters', textSource(`{"${'x'.repeat(10_000)}":1}`), { code: 'name-too-long' }],
  ['a web page', textSource('\n<!DOCTYPE html><p>Sign in', 'a.csv'), { code: 'not-a-table', message: /web page/ }],
  ['a cut gzip file', bytesSource(gzipSync('a,b\n1,2\n').subarray(0, 20), 'a.csv.gz'), { code: 'damaged-file', message: /a\.csv\.gz/ }],
  ['an unknown table', { kind: 'builtin', name: '../iris' }, { code: 'unknown-builtin', advice: /"digits", "iris"/ }],
  ['an address of a file', { kind: 'url', url: 'file:///etc/passwd' }, { code: 'unreadable-url', message: /only http/ }],
  ['an address that nobody answers', { kind: 'url', url: 'http://127.0.0.1:1/a.csv' }, { code: 'unreadable-url' }],
];

test.each(refused)('%s is refused', async (_, source, expected) => {
  const error = await readAll(source).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { code, place = {}, message = /./, advice = /./ } = expected;
  expect(error).toMatchObject({ name: 'InputError', code, place });
  expect((error as Error).message).toMatch(message);
  expect((error as { advice: string }).advice).toMatch(advice);
});

test.each(['[id],[name]\n1,x\n', '[0],[1]\n1,x\n', '{id},{name}\n1,x\n'])('%j is a table whose names are in brackets', async (text) => {
  expect((await readAll(textSource(text))).rows).toEqual([['1', 'x']]);
});

test('what unpacks to hundreds of times its size is stopped', async () => {
  const bomb = gzipSync(Buffer.alloc(20 * 2 ** 20));
  const opened = await openSource(bytesSource(bomb, 'a.csv.gz'), { readBuiltin });
  let length = 0;
  const reading = (async () => {
    for await (const piece of opened.pieces()) length += piece.length;
  })();
  await expect(reading).rejects.toMatchObject({ code: 'unpacks-too-large', place: { file: 'a.csv.gz' } });
  expect(length).toBeLessThan(18 * 2 ** 20);
});

test('gzip is unpacked', async () => {
  const { rows, file } = await readAll(bytesSource(gzipSync('a,b\n1,2\n'), 'a.csv.gz'));
  expect(rows).toEqual([['1', '2']]);
  expect(file.size).toBeGreaterThan(20);
});

test('a stream that breaks names the file and how far it came', async () => {
  let pulls = 0;
  const broken = {
    name: 'a.csv',
    stream: () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          if (pulls++ === 0) controller.enqueue(encoder.encode('a,b\n'));
          else controller.error(new Error('the disk went away'));
        },
      }),
  };
  await expect(readAll({ kind: 'file', name: 'a.csv', file: broken })).rejects.toMatchObject({
    code: 'unreadable-file',
    place: { file: 'a.csv', byte: 4 },
  });
});

test('ending early closes the source', async () => {
  let closed = false;
  const endless = {
    stream: () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(encoder.encode('a,b\n')),
        pull: (controller) => controller.enqueue(encoder.encode('1,2\n'.repeat(50_000))),
        cancel() {
          closed = true;
        },
      }),
  };
  const file = await openCsv({ kind: 'file', name: 'a.csv', file: endless });
  for await (const batch of file.batches()) {
    expect(batch.rows).toBe(8192);
    break;
  }
  await file.close();
  expect(closed).toBe(true);
  closed = false;
  const unread = await openCsv({ kind: 'file', name: 'a.csv', file: endless });
  await unread.close();
  expect(closed).toBe(true);
});

test('encodings: UTF-8 with a mark, UTF-16 both ways, with and without, and what is neither', async () => {
  const text = 'naïve,größe\nä,😀\n';
  const utf16 = (swap: boolean, mark: boolean): Uint8Array => {
    const buffer = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
    return swap ? buffer.swap16() : buffer;
  };
  for (const encoded of [encoder.encode(`\uFEFF${text}`), utf16(false, true), utf16(true, true)]) {
    const { file, rows } = await readAll(bytesSource(Uint8Array.from(encoded)));
    expect([file.names, rows]).toEqual([['naïve', 'größe'], [['ä', '😀']]]);
    expect(file.warnings()).toEqual([]);
  }
  const plain = Buffer.from('one,two\nthree,four\n', 'utf16le');
  expect((await readAll(bytesSource(Uint8Array.from(plain)))).rows).toEqual([['three', 'four']]);
});

test('what is not UTF-8 is read as Windows-1252, naming the first such byte; after UTF-8 letters it is damage', async () => {
  const latin = await readAll(inPieces([encoder.encode('a,b\n1,2\nx,'), bytes(0xe9, 0x80), encoder.encode('\n3,4\n')]));
  expect(latin.rows[1]).toEqual(['x', 'é€']);
  expect(latin.file.warnings()).toMatchObject([{ code: 'not-utf-8', place: { byte: 10, line: 3 } }]);
  const damaged = await readAll(inPieces([encoder.encode('a,b\né,2\nx,'), bytes(0xe9), encoder.encode('\n3,ü\n')]));
  expect(damaged.rows).toEqual([
    ['é', '2'],
    ['x', '\uFFFD'],
    ['3', 'ü'],
  ]);
  expect(damaged.file.warnings()).toMatchObject([{ code: 'damaged-text', place: { byte: 11, line: 3 } }]);
});

test('a letter of several bytes may be cut anywhere', () => {
  const whole = encoder.encode('a,b\né€😀,2\n');
  for (let cut = 1; cut < whole.length; cut++) {
    for (let again = cut; again < whole.length; again++) {
      const reader = new TextReader('a.csv', whole);
      const pieces = [whole.subarray(0, cut), whole.subarray(cut, again), whole.subarray(again)];
      const read = pieces.map((piece, index) => reader.utf8(piece, index === 2).slice());
      expect(Buffer.concat(read).toString()).toBe('a,b\né€😀,2\n');
      expect(reader.warning).toBeUndefined();
    }
  }
});

test('where UTF-8 goes wrong is what the platform decodes up to', () => {
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x41, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xf0, 0x9f, 0x98, 0x80, 0xf4, 0x90));
  const isValid = (bytes: Uint8Array): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (list) => {
      const bytes = Uint8Array.from(list);
      const invalid = firstInvalidUtf8(bytes);
      expect(invalid === -1).toBe(isValid(bytes));
      if (invalid >= 0) expect(isValid(bytes.subarray(0, invalid))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
