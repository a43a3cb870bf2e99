/** The first record of a file that is not blank: its cells, and where in the text it begins and ends. */
import { joinedBytes } from '../../base/joined.js';
import type { SourceBytes } from './bytes.js';
import { TextReader } from './decode.js';
import { type Dialect, separatorsOf } from './dialect.js';

import { emptyFile, longestRow, rowTooLong, unclosedQuote } from './row-errors.js';
import { incomplete, Scanner, unclosed } from './scan.js';
import type { Position } from './table-file.js';

type Place = Required<Omit<Position, 'row'>>;

export interface FirstRecord {
  cells: string[];
  begins: Place;
  ends: Place;
}

/** More cells are counted and not kept. */
const mostCells = 2 ** 20;
const decoder = new TextDecoder();

/** @throws InputError `empty-file`, `unclosed-quote` or `record-too-long` */
export async function firstRecord(bytes: SourceBytes, dialect: Dialect): Promise<FirstRecord> {
  const sample = new TextReader(bytes.name, bytes.start).utf8(bytes.start, bytes.complete);
  const found = recordIn(sample, bytes.complete, bytes.name, dialect);
  if (found) return found;
  const reader = new TextReader(bytes.name, bytes.start);
  const read: Uint8Array[] = [];
  let length = 0;
  let looked = 0;
  const pieces = bytes.pieces();
  try {
    for (let last = false; !last; ) {
      const next = await pieces.next();
      last = next.done === true;
      // What comes next may lie where this does.
      read.push(reader.utf8(next.done ? new Uint8Array(0) : next.value, last).slice());
      length += read[read.length - 1].length;
      if (!last && length < 2 * looked) continue;
      looked = length;
      const record = recordIn(joinedBytes(read), last, bytes.name, dialect);
      if (record) return record;
      if (length > 2 * longestRow) throw rowTooLong(bytes.name, 1);
    }
  } finally {
    await pieces.return(undefined);
  }
  throw emptyFile(bytes.name);
}

/** Undefined where it is not complete. */
function recordIn(given: Uint8Array, last: boolean, name: string, dialect: Dialect): FirstRecord | undefined {
  // Scanning takes doubled quotes away in place.
  const text = given.slice();
  const scanner = new Scanner(separatorsOf(dialect));
  for (let place = 0, line = 1; place < text.length; ) {
    const next = scanner.scan(text, place, text.length, last, mostCells);
    if (next === incomplete) return undefined;
    if (next === unclosed) throw unclosedQuote(name, line);
    const after = line + 1 + scanner.linesWithin;
    const { starts, ends, count } = scanner;
    const cells = Array.from({ length: count }, (_, index) => decoder.decode(text.subarray(starts[index], ends[index])));
    if (cells.length > 1 || cells[0].trim() !== '') return { cells, begins: { byte: place, line }, ends: { byte: next, line: after } };
    scanner.clear();
    place = next;
    line = after;
  }
  if (last) throw emptyFile(name);
  return undefined;
}
