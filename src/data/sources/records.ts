/**
 * Text to records of cells, fed piece by piece: papaparse's low-level parser reads what is there, and the unfinished tail
 * waits for the next piece. Quotes may enclose delimiters and line ends across any border between pieces.
 */
import Papa from 'papaparse';
import { InputError } from '../../base/errors.js';
import type { Warning } from '../../spec/dataset.js';
import type { Dialect } from './dialect.js';

/** Characters in one record. A quote that is never closed makes the rest of the file one record: it is found here. */
export const longestRecord = 8 * 2 ** 20;

/** Parsing little pieces again and again costs more than waiting for some more text. */
const worthParsing = 128 * 1024;

export interface NumberedRecord {
  cells: string[];
  /** The line, from 1, on which it begins. */
  line: number;
}

interface PapaResult {
  data: string[][];
  errors: { code: string; row: number }[];
  meta: { cursor: number };
}

export class RecordParser {
  readonly #name: string;
  readonly #dialect: Dialect;
  readonly #parser: Papa.Parser;
  readonly #lineEnd: string;
  readonly #enough: number;
  #text = '';
  /** The first piece is parsed whatever its length, so that the header is there early. */
  #parseFrom = 0;
  #line = 1;
  #warning: Warning | undefined;

  /** @param enough characters that are waited for before parsing; the result is the same with any number */
  constructor(name: string, dialect: Dialect, enough = worthParsing) {
    this.#name = name;
    this.#dialect = dialect;
    this.#enough = enough;
    this.#lineEnd = dialect.newline === '\r' ? '\r' : '\n';
    this.#parser = new Papa.Parser({ delimiter: dialect.delimiter, newline: this.#lineEnd as '\r' | '\n' });
  }

  /** Set when a quote stood where none belongs. */
  get warning(): Warning | undefined {
    return this.#warning;
  }

  /**
   * Every record that is complete by now. Blank lines are records of one empty cell.
   * @throws InputError `unclosed-quote` or `record-too-long`
   */
  feed(text: string, last: boolean): NumberedRecord[] {
    this.#text += text;
    if (!last && this.#text.length < this.#parseFrom) return [];
    const { data, errors, meta } = this.#parser.parse(this.#text, 0, !last) as PapaResult;
    const consumed = last ? this.#text.length : meta.cursor;
    const records = this.#numbered(data, this.#text.includes('"'));
    for (const error of errors) this.#note(error, records, last);
    if (this.#dialect.newline === '\r\n') data.forEach(withoutCarriageReturn);
    this.#text = this.#text.slice(consumed);
    if (this.#text.length > longestRecord) throw this.#tooLong();
    // Twice the unfinished record: a long one is then read again only a few times.
    this.#parseFrom = Math.max(this.#enough, 2 * this.#text.length);
    return records;
  }

  #numbered(data: string[][], quoted: boolean): NumberedRecord[] {
    return data.map((cells) => {
      const line = this.#line;
      this.#line += 1;
      if (quoted) for (const cell of cells) this.#line += occurrences(cell, this.#lineEnd);
      return { cells, line };
    });
  }

  #note(error: PapaResult['errors'][number], records: NumberedRecord[], last: boolean): void {
    // An error beyond the complete records may only mean that the rest of the cell has not come yet.
    const line = records.at(error.row)?.line;
    if (line === undefined) return;
    const place = { file: this.#name, line };
    if (error.code === 'MissingQuotes' && last) {
      throw new InputError('unclosed-quote', `${this.#name}, line ${line}: a quoted cell begins here and is never closed.`, {
        advice: 'Close the quote, or write a quote inside a quoted cell twice ("").',
        place,
      });
    }
    if (error.code !== 'InvalidQuotes') return;
    this.#warning ??= {
      code: 'stray-quote',
      message: `${this.#name}, line ${line}: text follows a closing quote; it was taken as part of the cell.`,
      advice: 'Look at that row in the preview. A quote inside a quoted cell is written twice ("").',
      place,
    };
  }

  #tooLong(): InputError {
    return new InputError(
      'record-too-long',
      `${this.#name}, line ${this.#line}: a row of more than ${longestRecord} characters begins here.`,
      {
        advice: 'Most often a quote (") on this line is never closed. Close it, or leave such a column out.',
        place: { file: this.#name, line: this.#line },
      },
    );
  }
}

function withoutCarriageReturn(record: string[]): void {
  const end = record.length - 1;
  if (record[end].endsWith('\r')) record[end] = record[end].slice(0, -1);
}

function occurrences(text: string, part: string): number {
  let count = 0;
  for (let index = text.indexOf(part); index >= 0; index = text.indexOf(part, index + 1)) count += 1;
  return count;
}
