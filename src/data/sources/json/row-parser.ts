/** One row of JSON: to the names of its columns, or to its cells. */
import { longestCell } from '../row-errors.js';
import { BytesOut } from './bytes-out.js';
import { closeBrace, closeBracket, colon, comma, type JsonCursor, openBrace, openBracket, quote } from './cursor.js';
import { cellTooLong, changedFile, deepest, notRows, tooDeep, wrongLength } from './errors.js';
import type { NameNode, NameTree } from './names.js';

/** The cells of a batch of rows, as bytes. */
export class CellsOut {
  readonly out = new BytesOut();
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  rows = 0;
  /** The first row that has a name twice. */
  repeated: { row: number; line: number; column: string } | undefined;
  /** By column, the row that had it last. */
  readonly #seen: Float64Array;
  /** Counts rows, begun anew ones as well. */
  #row = 0;
  /** Bytes of `out` that belong to rows that are complete. */
  #kept = 0;
  readonly #names: readonly string[];

  constructor(
    readonly size: number,
    names: readonly string[],
  ) {
    this.#names = names;
    this.starts = new Int32Array(size * names.length);
    this.ends = new Int32Array(size * names.length);
    this.#seen = new Float64Array(names.length);
  }

  /** Ready for the next batch. */
  clear(): void {
    this.rows = 0;
    this.out.length = 0;
    this.#kept = 0;
  }

  /** Before a row is read, or read anew because not all of it was there. */
  begin(): void {
    this.out.length = this.#kept;
    const from = this.rows * this.#names.length;
    this.starts.fill(0, from, from + this.#names.length);
    this.ends.fill(0, from, from + this.#names.length);
    this.#row += 1;
  }

  finish(): void {
    this.#kept = this.out.length;
    this.rows += 1;
  }

  /** A cell of the row that is being read, from a byte of `out` to its end. */
  put(column: number, start: number, cursor: JsonCursor): void {
    const { out, rows } = this;
    const cell = rows * this.#names.length + column;
    if (this.#seen[column] === this.#row) this.repeated ??= { row: cursor.row, line: cursor.line, column: this.#names[column] };
    this.#seen[column] = this.#row;
    this.starts[cell] = start;
    this.ends[cell] = out.length;
    if (out.length - start > longestCell && decoder.decode(out.data.subarray(start, out.length)).length > longestCell)
      throw cellTooLong(cursor, this.#names[column], longestCell);
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const letterN = 0x6e;

export class ObjectParser {
  readonly #tree: NameTree;
  readonly #cells: CellsOut | undefined;

  /** @param cells left out where names are looked for */
  constructor(tree: NameTree, cells?: CellsOut) {
    this.#tree = tree;
    this.#cells = cells;
  }

  row(cursor: JsonCursor): void {
    if (cursor.data[cursor.place] !== openBrace) throw notAnObject(cursor);
    this.#object(this.#tree.root, cursor, 1);
  }

  #object(node: NameNode, cursor: JsonCursor, depth: number): void {
    if (depth > deepest) throw tooDeep(cursor);
    cursor.place += 1;
    node.begin();
    if (cursor.peek() === closeBrace) {
      cursor.place += 1;
      if (depth > 1) this.#nothing(node, cursor);
      return;
    }
    for (;;) {
      if (cursor.peek() !== quote) throw cursor.unexpected('a name in quotes');
      const child = this.#tree.child(node, cursor, this.#cells === undefined);
      if (!child) throw changedFile(cursor.file);
      cursor.expect(colon, 'a colon');
      if (cursor.peek() < 0) throw cursor.unexpected('a value');
      this.#value(child, cursor, depth);
      const next = cursor.peek();
      cursor.place += 1;
      if (next === closeBrace) return;
      if (next !== comma) {
        cursor.place -= 1;
        throw cursor.unexpected('a comma or "}"');
      }
    }
  }

  #value(node: NameNode, cursor: JsonCursor, depth: number): void {
    const byte = cursor.data[cursor.place];
    if (byte === openBrace) this.#object(node, cursor, depth + 1);
    else if (byte === letterN) {
      cursor.scalar();
      this.#nothing(node, cursor);
    } else this.#holding(node, cursor, depth);
  }

  #holding(node: NameNode, cursor: JsonCursor, depth: number): void {
    const cells = this.#cells;
    const start = cells?.out.length ?? 0;
    if (cursor.data[cursor.place] === quote) cursor.string(cells?.out);
    else cursor.value(depth, cells?.out);
    if (!cells) this.#tree.claim(node, true, cursor.file);
    else if (node.column < 0) throw changedFile(cursor.file);
    else cells.put(node.column, start, cursor);
  }

  #nothing(node: NameNode, cursor: JsonCursor): void {
    const cells = this.#cells;
    if (!cells) this.#tree.claim(node, false, cursor.file);
    else if (node.column >= 0) cells.put(node.column, cells.out.length, cursor);
  }
}

/** Rows that are arrays, the first of them names. */
export class ArrayParser {
  readonly #columns: number;
  readonly #cells: CellsOut | undefined;

  constructor(columns: number, cells?: CellsOut) {
    this.#columns = columns;
    this.#cells = cells;
  }

  row(cursor: JsonCursor): void {
    const found = readCells(cursor, this.#cells?.out, (column, start) => {
      if (column < this.#columns) this.#cells?.put(column, start, cursor);
    });
    if (found !== this.#columns) throw wrongLength(cursor, found, this.#columns);
  }
}

/** The values of an array as texts. */
export function readTexts(cursor: JsonCursor, most: number): { texts: string[]; count: number } {
  const out = new BytesOut();
  const texts: string[] = [];
  const count = readCells(cursor, out, (column, start) => {
    if (column < most) texts.push(decoder.decode(out.data.subarray(start, out.length)));
    out.length = 0;
  });
  return { texts, count };
}

/** Answers how many values the array has that the cursor is on. */
function readCells(cursor: JsonCursor, out: BytesOut | undefined, put: (column: number, start: number) => void): number {
  if (cursor.data[cursor.place] !== openBracket) throw notAnArray(cursor);
  cursor.place += 1;
  if (cursor.peek() === closeBracket) {
    cursor.place += 1;
    return 0;
  }
  for (let column = 0; ; column++) {
    const byte = cursor.peek();
    if (byte < 0) throw cursor.unexpected('a value');
    const start = out?.length ?? 0;
    if (byte === quote) cursor.string(out);
    else if (byte === letterN) cursor.scalar();
    else cursor.value(1, out);
    put(column, start);
    const next = cursor.peek();
    if (next === closeBracket) {
      cursor.place += 1;
      return column + 1;
    }
    if (next !== comma) throw cursor.unexpected('a comma or "]"');
    cursor.place += 1;
  }
}

const rowsAreAlike = 'Give either objects, each with its names and values, or arrays of values after one of names.';
const notAnObject = (cursor: JsonCursor): Error => notRows(cursor, 'a row is no object, unlike the first', rowsAreAlike);
const notAnArray = (cursor: JsonCursor): Error => notRows(cursor, 'a row is no array, unlike the first', rowsAreAlike);
