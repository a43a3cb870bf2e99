/** What can be wrong with JSON, each with the place and what to do. */
import { InputError } from '../../../base/errors.js';

/** Objects and arrays within each other, in one row. */
export const deepest = 64;

/** Bytes of one row, as in a table of text. */
export const longestRecord = 8 * 2 ** 20;

/** Bytes of the name of a column: of all the names on the way to it. */
export const longestPath = 8192;

/** Where a cursor is. */
export interface JsonPlace {
  readonly file: string;
  readonly row: number;
  readonly line: number;
  readonly offset: number;
  readonly place: number;
  readonly length: number;
  readonly data: Uint8Array;
}

const placeOf = ({ file, row, line, offset, place }: JsonPlace) => ({ file, line, byte: offset + place, ...(row > 0 ? { row } : {}) });

const where = ({ file, row, line, offset, place }: JsonPlace): string =>
  `${file}, line ${line}${row > 0 ? ` (row ${row})` : ''}, byte ${offset + place}`;

export function damagedJson(at: JsonPlace, expected: string): InputError {
  const ends = at.place >= at.length;
  const found = ends ? 'the file ends' : `there is ${shownByte(at.data[at.place])}`;
  return new InputError('damaged-json', `${where(at)}: ${found} where ${expected} is expected.`, {
    advice: ends ? 'The file seems to be cut off: download or copy it again.' : 'Mend this place, or write the file anew.',
    place: placeOf(at),
  });
}

const shownByte = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `the byte 0x${byte.toString(16)}`;

export const tooDeep = (at: JsonPlace): InputError =>
  new InputError('too-deep', `${where(at)}: more than ${deepest} objects and arrays lie within each other.`, {
    advice: 'Flatten the rows before: a column is a value of its own.',
    place: placeOf(at),
  });

export const recordTooLong = (at: JsonPlace): InputError =>
  new InputError('record-too-long', `${where(at)}: a row or a value of more than ${longestRecord} bytes begins here.`, {
    advice: 'Leave long texts and lists out, or keep them in files of their own.',
    place: placeOf(at),
  });

export const pathTooLong = (at: JsonPlace): InputError =>
  new InputError('name-too-long', `${where(at)}: the name of a column has more than ${longestPath} bytes.`, {
    advice: 'Look whether values stand where names should be.',
    place: placeOf(at),
  });

export const cellTooLong = (at: JsonPlace, column: string, most: number): InputError =>
  new InputError('cell-too-long', `${where(at)}, column "${column}": a value of more than ${most} characters.`, {
    advice: 'Leave the column out.',
    place: { ...placeOf(at), column },
  });

export const notRows = (at: JsonPlace, found: string, advice: string): InputError =>
  new InputError('json-without-rows', `${where(at)}: ${found}.`, { advice, place: placeOf(at) });

export const wrongLength = (at: JsonPlace, found: number, expected: number): InputError =>
  new InputError('ragged-row', `${where(at)}: ${found} value${found === 1 ? '' : 's'}, expected ${expected} as in the first row.`, {
    advice: 'Give every row as many values as there are names; null where one is not known.',
    place: { ...placeOf(at), expected, found },
  });

export const changedFile = (file: string): InputError =>
  new InputError('unreadable-file', `${file} has changed while it was read.`, { advice: 'Read it again.', place: { file } });
