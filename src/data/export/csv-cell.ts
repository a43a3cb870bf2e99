/** Writing CSV as RFC 4180 has it, for files that people will open in a spreadsheet. */
import { parseNumber } from '../columns/cells.js';

/** A spreadsheet runs a cell that begins so as a formula, whoever wrote it. */
const formulaStart = /^[=+\-@\t\r]/;

/** One cell, quoted where it must be. A text that would run as a formula gets an apostrophe in front; a number stays one. */
export function csvCell(text: string): string {
  const safe = formulaStart.test(text) && parseNumber(text.trim(), 'point') === undefined ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`;

/** A 32-bit figure in the digits that it has: no 0.30000001192092896. */
export const sevenDigits = (value: number): number => Number(value.toPrecision(7));
export const shortNumber = (value: number): string => String(sevenDigits(value));
