import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvCell, csvLine, shortNumber } from '../../../src/data/export/csv-cell.js';

test.each([
  ['=1+1', "'=1+1"],
  ['+SUM(A1)', "'+SUM(A1)"],
  ['-cmd', "'-cmd"],
  ['@now', "'@now"],
  ['\tx', "'\tx"],
  ['\r=1', `"'\r=1"`],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ['-', "'-"],
])('%j would run as a formula', (text, written) => {
  expect(csvCell(text)).toBe(written);
});

test.each(['-5', '+5.25', '-1e-9', '', 'a-b', "'quoted'", '1=1'])('%j stays as it is', (text) => {
  expect(csvCell(text)).toBe(text);
});

test('any cells are read back by another parser as they were written', () => {
  const cells = ['plain', 'a,b', 'say "no"', 'two\nlines', 'carriage\r\nreturn', '', ' padded ', 'ünïcode', ';', '-3'];
  expect(Papa.parse(csvLine(cells), { delimiter: ',', newline: '\n' }).data[0]).toEqual(cells);
});

test('figures have the digits that 32 bits have', () => {
  expect(shortNumber(Math.fround(0.3))).toBe('0.3');
  expect(shortNumber(Math.fround(1234567.5))).toBe('1234568');
  expect(shortNumber(0)).toBe('0');
  expect(shortNumber(1e-9)).toBe('1e-9');
});
