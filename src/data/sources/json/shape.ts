/**
 * Where in a JSON text the rows are: one value after another (JSON lines), the elements of an array, of the one array of rows in an object, or
 * across the arrays of an object, each a column.
 */
import { mostColumns, tooManyColumns } from '../header.js';
import { emptyFile } from '../row-errors.js';
import { BytesOut } from './bytes-out.js';
import { closeBrace, closeBracket, colon, comma, type JsonCursor, openBrace, openBracket, quote } from './cursor.js';
import { notRows } from './errors.js';
import { beginning, type JsonInput, type JsonPosition } from './input.js';
import { readTexts } from './row-parser.js';

export type Shape =
  | {
      kind: 'rows';
      style: 'objects' | 'arrays';
      /** Where the first row begins. */
      from: JsonPosition;
      within: 'lines' | 'array' | 'object';
      /** Names that stand apart from the rows, as pandas writes them with orient="split". */
      names?: string[];
    }
  | { kind: 'columns' };

/** What an object has under one name. */
interface Member {
  name: string;
  kind: 'rows' | 'values' | 'object' | 'scalar';
  style: 'objects' | 'arrays';
  from: JsonPosition;
  count: number;
  /** Of the names of its entries. */
  hash: number;
  flat: boolean;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @param lines whether the file's name says that every line is a row */
export async function shapeOf(input: JsonInput, lines: boolean): Promise<Shape> {
  const first = await input.take((cursor) => cursor.peek());
  if (first < 0) throw emptyFile(input.cursor.file);
  if (lines) return { kind: 'rows', style: first === openBracket ? 'arrays' : 'objects', from: beginning, within: 'lines' };
  if (first === openBracket) return shapeOfArray(input);
  if (first !== openBrace) throw input.cursor.unexpected('an object or an array');
  const members = await membersOf(input);
  const next = await input.take((cursor) => cursor.peek());
  if (next >= 0) return { kind: 'rows', style: 'objects', from: beginning, within: 'lines' };
  return (await shapeOfObject(members, input)) ?? { kind: 'rows', style: 'objects', from: beginning, within: 'lines' };
}

async function shapeOfArray(input: JsonInput): Promise<Shape> {
  const element = await input.take((cursor) => {
    cursor.place += 1;
    return cursor.peek();
  });
  if (element === closeBracket) throw notRows(input.cursor, 'the array is empty', 'Choose a file with at least one row.');
  if (element === openBrace || element === openBracket) {
    return { kind: 'rows', style: element === openBrace ? 'objects' : 'arrays', from: input.position, within: 'array' };
  }
  return { kind: 'rows', style: 'arrays', from: beginning, within: 'lines' };
}

async function shapeOfObject(members: readonly Member[], input: JsonInput): Promise<Shape | undefined> {
  const { cursor } = input;
  const named = (name: string): Member | undefined => members.find((member) => member.name === name);
  const rows = members.filter(({ kind }) => kind === 'rows');
  const [data, columns] = [named('data'), named('columns')];
  if (data?.kind === 'rows' && data.style === 'arrays' && columns?.kind === 'values') return { ...rowsOf(data), names: [''] };
  const [{ count, hash }] = members.length > 0 ? members : [{ count: 0, hash: 0 }];
  const isOfArrays = members.every((member) => (member.kind === 'values' || member.style === 'arrays') && member.kind !== 'object');
  const arrays = members.every(({ kind }) => kind === 'values' || kind === 'rows');
  if (count > 0 && arrays && isOfArrays && rows.length < members.length && members.every((member) => member.count === count)) {
    return { kind: 'columns' };
  }
  const isOfEntries = members.every((member) => member.kind === 'object' && member.flat && member.hash === hash && member.count === count);
  if (count > 0 && isOfEntries) return { kind: 'columns' };
  if (rows.length === 1) return rowsOf(rows[0]);
  if (rows.length === 0) return undefined;
  const names = rows.map(({ name }) => `"${name.slice(0, 40)}"`).slice(0, 10);
  throw notRows(cursor, `the object holds several tables: ${names.join(', ')}`, 'Write the one that is meant to a file of its own.');
}

const rowsOf = ({ style, from }: Member): Extract<Shape, { kind: 'rows' }> => ({ kind: 'rows', style, from, within: 'object' });

/** Everything that the object holds that the input is at. */
export async function membersOf(input: JsonInput): Promise<Member[]> {
  const members: Member[] = [];
  await input.take((cursor) => cursor.expect(openBrace, 'an object'));
  for (let next = await input.take((cursor) => cursor.peek()); next !== closeBrace; ) {
    if (members.length > mostColumns) throw tooManyColumns(input.cursor.file, members.length);
    members.push(await memberOf(input));
    next = await input.take((cursor) => {
      const byte = cursor.peek();
      if (byte === closeBrace) return byte;
      if (byte !== comma) throw cursor.unexpected('a comma or "}"');
      cursor.place += 1;
      if (cursor.peek() !== quote) throw cursor.unexpected('a name in quotes');
      return quote;
    });
  }
  await input.take((cursor) => cursor.expect(closeBrace, '"}"'));
  return members;
}

async function memberOf(input: JsonInput): Promise<Member> {
  const out = new BytesOut();
  const first = await input.take((cursor) => {
    out.length = 0;
    nameAt(cursor, out);
    return cursor.peek();
  });
  const name = decoder.decode(out.data.subarray(0, out.length));
  const member: Member = { name, kind: 'scalar', style: 'objects', from: input.position, count: 0, hash: 0, flat: true };
  if (first !== openBracket && first !== openBrace) {
    await input.take((cursor) => cursor.value(1));
    return member;
  }
  const close = first + 2;
  const begun = await input.take((cursor) => {
    cursor.place += 1;
    return cursor.peek();
  });
  member.from = input.position;
  const isRow = begun === openBrace || begun === openBracket;
  member.kind = first === openBrace ? 'object' : isRow ? 'rows' : 'values';
  if (member.kind === 'rows' && begun === openBracket) member.style = 'arrays';
  await eachElement(input, close, (cursor) => {
    if (close === closeBrace) {
      out.length = 0;
      nameAt(cursor, out);
      for (let place = 0; place < out.length; place++) member.hash = Math.imul(member.hash ^ out.data[place], 0x01000193);
      member.hash = Math.imul(member.hash ^ quote, 0x01000193);
      const byte = cursor.peek();
      if (byte === openBrace) member.flat = false;
    }
    cursor.value(2);
    member.count += 1;
  });
  return member;
}

/** A name in quotes and the colon behind it. */
export function nameAt(cursor: JsonCursor, out: BytesOut): void {
  if (cursor.peek() !== quote) throw cursor.unexpected('a name in quotes');
  cursor.string(out);
  cursor.expect(colon, 'a colon');
}

/** Reads what is in brackets or braces, the input being behind the opening one. @param read must change nothing before it has read all */
export async function eachElement(input: JsonInput, close: number, read: (cursor: JsonCursor) => void): Promise<void> {
  let first = true;
  await input.take((cursor) => {
    for (;;) {
      const byte = cursor.peek();
      if (byte === close) {
        cursor.place += 1;
        return;
      }
      if (!first) {
        if (byte !== comma) throw cursor.unexpected(close === closeBrace ? 'a comma or "}"' : 'a comma or "]"');
        cursor.place += 1;
      }
      if (cursor.peek() < 0) throw cursor.unexpected('a value');
      read(cursor);
      first = false;
      input.commit();
    }
  });
}

/** The names that an object has under "columns". */
export async function namesApart(input: JsonInput): Promise<string[]> {
  await input.take((cursor) => cursor.expect(openBrace, 'an object'));
  const out = new BytesOut();
  for (;;) {
    const found = await input.take((cursor) => {
      out.length = 0;
      nameAt(cursor, out);
      cursor.peek();
      const isNames = decoder.decode(out.data.subarray(0, out.length)) === 'columns';
      return isNames ? readTexts(cursor, mostColumns) : undefined;
    });
    if (found && found.count > mostColumns) throw tooManyColumns(input.cursor.file, found.count);
    if (found) return found.texts;
    await skipValue(input);
    await input.take((cursor) => cursor.expect(comma, 'a comma'));
  }
}

/** Passes over a value of any length. */
async function skipValue(input: JsonInput): Promise<void> {
  const first = await input.take((cursor) => cursor.peek());
  if (first !== openBracket) return input.take((cursor) => cursor.value(1));
  await input.take((cursor) => cursor.expect(openBracket, '"["'));
  await eachElement(input, closeBracket, (cursor) => cursor.value(2));
}
