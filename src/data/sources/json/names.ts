/**
 * The columns that rows of objects have: every way from a row to a value, its names joined by points. A tree of the names on the way, since
 * most rows have the same names in the same order, so that the next one is guessed and only compared.
 */
import type { Warning } from '../../../spec/dataset.js';
import { mostColumns, tooManyColumns, uniqueNames } from '../header.js';
import { BytesOut } from './bytes-out.js';
import { type JsonCursor, quote } from './cursor.js';
import { longestPath, pathTooLong } from './errors.js';

export class NameNode {
  /** Place of the column; −1 where there is none. */
  column = -1;
  readonly path: string;
  readonly children: NameNode[] = [];
  readonly #known = new Map<string, number>();
  /** The child that is expected next. */
  #next = 0;
  /** The name as it stands between quotes, where it stands there as it is. */
  readonly #bytes: Uint8Array | undefined;

  constructor(path: string, name = '') {
    this.path = path;
    this.#bytes = /["\\\p{Cc}]/u.test(name) ? undefined : encoder.encode(name);
  }

  /** Before an object is read. */
  begin(): void {
    this.#next = 0;
  }

  /** The child whose name the cursor is on; undefined where it is not known. */
  find(cursor: JsonCursor): NameNode | undefined {
    const expected = this.children[this.#next];
    if (expected === undefined) return undefined;
    if (!expected.#isAt(cursor)) return undefined;
    this.#next += 1;
    return expected;
  }

  named(name: string): NameNode | undefined {
    const found = this.#known.get(name);
    if (found === undefined) return undefined;
    this.#next = found + 1;
    return this.children[found];
  }

  add(name: string, node: NameNode): void {
    this.#known.set(name, this.children.length);
    this.children.push(node);
    this.#next = this.children.length;
  }

  #isAt(cursor: JsonCursor): boolean {
    const bytes = this.#bytes;
    if (!bytes) return false;
    const { data, place, length } = cursor;
    const end = place + 1 + bytes.length;
    if (end >= length || data[end] !== quote) return false;
    for (let index = 0; index < bytes.length; index++) if (data[place + 1 + index] !== bytes[index]) return false;
    cursor.place = end + 1;
    return true;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Names on the way to columns, in all. */
const mostNodes = 100_000;

interface Found {
  nodes: NameNode[];
  /** Whether anything but null or an empty object has been seen there. */
  holds: boolean;
}

export class NameTree {
  readonly root = new NameNode('');
  readonly #columns = new Map<string, Found>();
  readonly #scratch = new BytesOut();
  #nodes = 0;

  /** The node of the name that the cursor is on. @param grow whether one that is not known is added; otherwise it is undefined */
  child(parent: NameNode, cursor: JsonCursor, grow: boolean): NameNode | undefined {
    const expected = parent.find(cursor);
    if (expected) return expected;
    const scratch = this.#scratch;
    scratch.length = 0;
    cursor.string(scratch);
    if (scratch.length > longestPath) throw pathTooLong(cursor);
    const name = decoder.decode(scratch.data.subarray(0, scratch.length));
    const known = parent.named(name);
    if (known || !grow) return known;
    const path = parent === this.root ? name : `${parent.path}.${name}`;
    if (path.length > longestPath) throw pathTooLong(cursor);
    if (++this.#nodes > mostNodes) throw tooManyColumns(cursor.file, this.#columns.size);
    const node = new NameNode(path, name);
    parent.add(name, node);
    return node;
  }

  /** Says that there is a value at a node. */
  claim(node: NameNode, holds: boolean, file: string): void {
    const found = this.#columns.get(node.path);
    if (!found) {
      this.#columns.set(node.path, { nodes: [node], holds });
      node.column = this.#columns.size - 1;
      if (this.#columns.size > 2 * mostColumns) throw tooManyColumns(file, this.#columns.size);
      return;
    }
    found.holds ||= holds;
    if (node.column < 0) {
      // {"a.b": 1} and {"a": {"b": 1}} are one column.
      found.nodes.push(node);
      node.column = 0;
    }
  }

  /** Settles which columns there are, and which place each has. What is null or an object is the object's columns. */
  settle(file: string): { names: string[]; warnings: Warning[] } {
    const kept = [...this.#columns].filter(([, { nodes, holds }]) => holds || nodes.every((node) => node.children.length === 0));
    if (kept.length > mostColumns) throw tooManyColumns(file, kept.length);
    for (const { nodes } of this.#columns.values()) for (const node of nodes) node.column = -1;
    for (const [index, [, { nodes }]] of kept.entries()) for (const node of nodes) node.column = index;
    return uniqueNames(
      kept.map(([path]) => path.trim()),
      file,
    );
  }
}
