/** The reader of records against papaparse's own full parse and Python's csv, and at every border between pieces. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { RowReader } from '../../../src/data/sources/row-reader.js';
import { inPieces, readAll, textSource } from './files.js';
import { golden } from './json.js';

const encoder = new TextEncoder();

/** Cells with everything that quoting is for. Not ending in \r, which a file with \r\n cannot tell from its line end. */
const cell = fc
  .array(fc.constantFrom('a', 'é', '😀', ' ', ',', ';', '\t', '|', '"', '""', '\n', '\r\n', '\r', '1', '.5', '-'), { maxLength: 6 })
  .map((parts) => parts.join(''))
  .filter((text) => !text.endsWith('\r'));

const table = fc
  .record({ columns: fc.integer({ min: 2, max: 4 }), rows: fc.integer({ min: 1, max: 6 }) })
  .chain(({ columns, rows }) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }));

const quoted = (rows: readonly (readonly string[])[], delimiter: string, newline: string): string =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter)).join(newline);

const header = (columns: number): string[] => Array.from({ length: columns }, (_, index) => `name ${index}`);

const written = fc.record({
  rows: table,
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n' as const, '\r\n' as const),
  ended: fc.boolean(),
});

test('a quoted table reads back identically, whatever it holds, as with papaparse whole', async () => {
  await fc.assert(
    fc.asyncProperty(written, async ({ rows, delimiter, newline, ended }) => {
      const text = quoted([header(rows[0].length), ...rows], delimiter, newline) + (ended ? newline : '');
      const read = await readAll(textSource(text));
      expect(read.file.names).toEqual(header(rows[0].length));
      expect(read.rows).toEqual(rows);
      const whole = Papa.parse<string[]>(text, { delimiter, newline, skipEmptyLines: true });
      expect(read.rows).toEqual(whole.data.slice(1));
    }),
    { numRuns: 100 },
  );
});

test('rows are the same wherever the bytes are cut, and so are their lines', async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.array(fc.nat(400), { maxLength: 8 }), async ({ rows, delimiter, newline, ended }, cuts) => {
      const bytes = encoder.encode(quoted(rows, delimiter, newline) + (ended ? newline : ''));
      const borders = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
      const names = header(rows[0].length);
      const separators = { delimiter: delimiter.charCodeAt(0), newline: 10 };
      const reader = new RowReader({ file: 'table.csv', names, delimiter, separators, commas: true }, { row: 0, byte: 0, line: 1 });
      const read: string[][] = [];
      const lines: number[] = [];
      for await (const batch of reader.batches(pieces())) {
        for (let row = 0; row < batch.cells.rows; row++) read.push(names.map((_, column) => batch.cells.text(row, column)));
        lines.push(...batch.lines);
        expect(batch.after).toMatchObject({ row: rows.length, byte: bytes.length });
      }
      expect(read).toEqual(rows);
      let line = 1;
      for (const [index, own] of lines.entries()) {
        expect(own).toBe(line);
        line += rows[index].join('').split('\n').length;
      }

      async function* pieces(): AsyncGenerator<Uint8Array> {
        for (const [index, border] of borders.slice(1).entries()) yield bytes.slice(borders[index], border);
      }
    }),
    { numRuns: 300 },
  );
});

test('a table larger than any piece is read the same at every border of its records', async () => {
  const rows = Array.from({ length: 3000 }, (_, row) => [`${row}`, `text "${row}"\nsecond, line`, 'x'.repeat(row % 50)]);
  const bytes = encoder.encode(quoted([['id', 'text', 'more'], ...rows], ',', '\r\n'));
  for (const size of [4099, 65_536, 131_072, bytes.length]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    const read = await readAll(inPieces(pieces));
    expect(read.rows).toEqual(rows);
    expect(read.lines.at(-1)).toBe(2 + 2999 * 2);
  }
});

test('the delimiter is found out', async () => {
  const names = async (text: string, name?: string): Promise<readonly string[]> => (await readAll(textSource(text, name))).file.names;
  expect(await names('a,b\n1,2\n')).toEqual(['a', 'b']);
  expect(await names('a;b\n1,5;2,5\n')).toEqual(['a', 'b']);
  expect(await names('a\tb, c\n1\t2, 3\n')).toEqual(['a', 'b, c']);
  expect(await names('a|b\n1|2\n')).toEqual(['a', 'b']);
  expect(await names('a,b\tc,d\n1,2\t3,4\n', 'table.tsv')).toEqual(['a,b', 'c,d']);
  expect(await names('a\n1\n')).toEqual(['a']);
});

test('a .tsv without tabs is read by what it has, with a warning', async () => {
  const { file } = await readAll(textSource('a,b\n1,2\n', 'table.tsv'));
  expect(file.names).toEqual(['a', 'b']);
  expect(file.warnings()).toMatchObject([{ code: 'other-delimiter' }]);
});

test('old line ends, mixed line ends, blank lines and spaces around quotes', async () => {
  expect((await readAll(textSource('a,b\r1,2\r3,4\r'))).rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  expect((await readAll(textSource('a,b\r\n1,2\n3,4\r\n'))).rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  expect((await readAll(textSource('\n\na,b\n1,2\n\n3,4\n\n \n'))).rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  expect((await readAll(textSource('a,b\n"1" ,2\n'))).rows).toEqual([['1', '2']]);
});

test('in one column a blank line is a missing value, unless nothing follows', async () => {
  expect((await readAll(textSource('a\nx\n\ny\n\n\n'))).rows).toEqual([['x'], [''], ['y']]);
});

test('names: duplicates are numbered, empty ones made up, none taken from numbers', async () => {
  const read = async (text: string) => (await readAll(textSource(text))).file;
  const duplicates = await read('a,a,a_2,,a,column_4\n1,2,3,4,5,6\n');
  expect(duplicates.names).toEqual(['a', 'a_3', 'a_2', 'column_4_2', 'a_4', 'column_4']);
  expect(duplicates.warnings().map((warning) => warning.code)).toEqual(['duplicate-header', 'empty-header', 'duplicate-header']);
  const none = await readAll(textSource('1,2.5\n3,4\n'));
  expect(none.file.names).toEqual(['column_1', 'column_2']);
  expect(none.rows).toEqual([
    ['1', '2.5'],
    ['3', '4'],
  ]);
  expect(none.file.warnings()).toMatchObject([{ code: 'no-header' }]);
  expect((await read('__proto__,constructor\n1,2\n')).names).toEqual(['__proto__', 'constructor']);
});

test('a quote where none belongs is told, with its line', async () => {
  const { file, rows } = await readAll(textSource('a,b\n1,2\n"say "hi" now",4\n5,6\n'));
  expect(rows[1]).toEqual(['say "hi" now', '4']);
  expect(file.warnings()).toMatchObject([{ code: 'stray-quote', place: { line: 3 } }]);
});

test("tables written by Python's csv module read as Python reads them", async () => {
  const tables = golden<{ delimiter: string; text: string; rows: string[][] }[]>('csv.json');
  for (const { text, rows, delimiter } of tables) {
    const read = await readAll(textSource(text));
    expect(read.file.dialect.delimiter).toBe(delimiter);
    expect([read.file.names, ...read.rows]).toEqual(rows);
  }
});
