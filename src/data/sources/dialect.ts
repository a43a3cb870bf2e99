/** How a file separates cells and lines, guessed from its beginning. */
import Papa from 'papaparse';
import type { Warning } from '../../spec/dataset.js';

export interface Dialect {
  delimiter: string;
  /** '\r' is the line end of old Macintosh files; '\r\n' also accepts lines that end in '\n' alone. */
  newline: '\n' | '\r\n' | '\r';
}

/** Where several cut every row into the same number of cells, the rarer character in prose is the more likely one. */
const delimiters: readonly string[] = ['\t', ';', '|', ','];

/** Records that are looked at. */
const enoughRecords = 50;

/**
 * @param sample the file's first characters
 * @param complete whether they are all of it
 */
export function guessDialect(sample: string, name: string, complete: boolean): { dialect: Dialect; warning?: Warning } {
  const newline = guessNewline(sample);
  const isTabbed = /\.(tsv|tab)(\.gz)?$/i.test(name);
  const guesses = delimiters.map((delimiter) => ({ delimiter, ...regularity(sample, delimiter, newline, complete) }));
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
function regularity(sample: string, delimiter: string, newline: Dialect['newline'], complete: boolean): { cells: number; share: number } {
  const parser = new Papa.Parser({ delimiter, newline: newline === '\r' ? '\r' : '\n', preview: enoughRecords });
  let records = (parser.parse(sample, 0, !complete) as { data: string[][] }).data;
  if (records.length === 0) records = (parser.parse(sample, 0, false) as { data: string[][] }).data;
  const frequency = new Map<number, number>();
  let counted = 0;
  for (const record of records) {
    if (record.length === 1 && record[0].trim() === '') continue;
    frequency.set(record.length, (frequency.get(record.length) ?? 0) + 1);
    counted += 1;
  }
  const [cells, count] = [...frequency].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [1, 0]);
  return { cells, share: counted === 0 ? 0 : count / counted };
}

/** The first line end outside quotes. */
function guessNewline(sample: string): Dialect['newline'] {
  let quoted = false;
  let carriageReturn = false;
  for (let index = 0; index < sample.length; index++) {
    const character = sample[index];
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === '\n') return sample[index - 1] === '\r' ? '\r\n' : '\n';
    if (character === '\r') carriageReturn = true;
  }
  return carriageReturn ? '\r' : '\n';
}
