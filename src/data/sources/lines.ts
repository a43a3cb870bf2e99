/** Telling a file of texts, one a line, from a table: what a .txt is that no delimiter divides. */
import { TextReader } from './decode.js';

const delimiters = ['\t', ';', '|', ','];
const enoughLines = 100;

/** Whether the name says text and its lines are not cut into equally many cells. */
export function isLines(start: Uint8Array, name: string): boolean {
  if (!/\.txt(\.gz)?$/i.test(name)) return false;
  const { encoding } = new TextReader(name, start);
  if (encoding === 'utf-8' && start.includes(0)) return false;
  const text = new TextDecoder(encoding).decode(start);
  const lines = text
    .split(/\r?\n/)
    .slice(0, enoughLines)
    .filter((line) => line.trim() !== '');
  if (start.length > 60_000) lines.pop();
  return lines.length > 0 && !delimiters.some((delimiter) => divides(lines, delimiter));
}

function divides(lines: readonly string[], delimiter: string): boolean {
  // A comma or semicolon before a space belongs to a sentence.
  const isProse = new RegExp(`[${delimiter}] `, 'g');
  const cells = lines.map(
    (line) =>
      line
        .replace(/"[^"]*"/g, '')
        .replace(isProse, '')
        .split(delimiter).length,
  );
  return cells[0] > 1 && cells.filter((count) => count === cells[0]).length >= 0.9 * cells.length;
}
