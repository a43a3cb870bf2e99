/** How a file separates cells and lines, guessed from its beginning. */
import type { Warning } from '../../spec/dataset.js';
import { Scanner, type Separators } from './scan.js';

export interface Dialect {
  delimiter: string;
  /** '\r' is the line end of old Macintosh files; '\r\n' also accepts lines that end in '\n' alone. */
  newline: '\n' | '\r\n' | '\r';
}

export const separatorsOf = ({ delimiter, newline }: Dialect): Separators => ({
  delimiter: delimiter.charCodeAt(0),
  newline: newline === '\r' ? 0x0d : 0x0a,
});

/** Where several cut every row into the same number of cells, the rarer character in prose is the more likely one. */
const delimiters: readonly string[] = ['\t', ';', '|', ','];

/** Records that are looked at, and cells of one. */
const enoughRecords = 50;
const mostCells = 2 ** 20;

/**
 * @param sample the file's first text, as UTF-8
 * @param complete whether it is all of it
 */
export function guessDialect(sample: Uint8Array, name: string, complete: boolean): { dialect: Dialect; warning?: Warning } {
  const newline = guessNewline(sample);
  const isTabbed = /\.(tsv|tab)(\.gz)?$/i.test(name);
  const guesses = delimiters.map((delimiter) => ({ delimiter, ...regularity(sample, { delimiter, newline }, complete) }));
  const divided = guesses.filter((guess) => guess.cells > 1);
  const tab = divided.find((guess) => guess.delimiter === '\t');
  if (isTabbed && tab) return { dialect: { delimiter: '\t', newline } };
  const best = divided.reduce<(typeof guesses)[number] | undefined>(
    (chosen, guess) => (chosen && chosen.share >= guess.share ? chosen : guess),
    undefined,
  );
  const delimiter = best?.delimiter ?? (isTabbed ? '\t' : ',');
  const dialect: Dialect = { delimiter, newline };
  if (!isTabbed || delimiter === '\t') return { dialect };
  const warning: Warning = {
    code: 'other-delimiter',
    message: `${name} has no tabs; its cells were separated at "${delimiter}".`,
    advice: 'Look at the preview; if the columns are wrong, save the file with tabs or as CSV.',
    place: { file: name },
  };
  return { dialect, warning };
}

/** The most frequent number of cells in a record, and the share of records that have it. */
function regularity(sample: Uint8Array, dialect: Dialect, complete: boolean): { cells: number; share: number } {
  let counts = cellCounts(sample, dialect, complete);
  if (counts.length === 0) counts = cellCounts(sample, dialect, true);
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  const [cells, count] = [...frequency].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [1, 0]);
  return { cells, share: counts.length === 0 ? 0 : count / counts.length };
}

/** Of the first records that are not blank. */
function cellCounts(sample: Uint8Array, dialect: Dialect, last: boolean): number[] {
  const text = sample.slice();
  const scanner = new Scanner(separatorsOf(dialect));
  const counts: number[] = [];
  for (let place = 0; place < text.length && counts.length < enoughRecords; ) {
    scanner.clear();
    const next = scanner.scan(text, place, text.length, last, mostCells);
    if (next < 0) break;
    const isBlank = scanner.count === 1 && text.subarray(scanner.starts[0], scanner.ends[0]).every((byte) => byte <= 0x20);
    if (!isBlank) counts.push(scanner.count);
    place = next;
  }
  return counts;
}

/** The first line end outside quotes. */
function guessNewline(sample: Uint8Array): Dialect['newline'] {
  let quoted = false;
  let carriageReturn = false;
  for (let index = 0; index < sample.length; index++) {
    const byte = sample[index];
    if (byte === 0x22) quoted = !quoted;
    if (quoted) continue;
    if (byte === 0x0a) return sample[index - 1] === 0x0d ? '\r\n' : '\n';
    if (byte === 0x0d) carriageReturn = true;
  }
  return carriageReturn ? '\r' : '\n';
}
