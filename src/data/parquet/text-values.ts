/** Texts of a page as codes of the batch that they are read into, each distinct text once, in order of appearance. */
import { InputError } from '../../base/errors.js';
import { longestCell } from '../sources/row-errors.js';
import type { TextColumn } from '../table.js';
import type { HybridReader } from './bit-reader.js';
import { Damage } from './damage.js';
import type { DeltaReader } from './delta.js';
import type { Leaf } from './schema.js';

/** The texts of one batch of rows. */
export class TextBatch {
  readonly codes: Int32Array;
  readonly #known = new Map<string, number>();

  constructor(rows: number) {
    this.codes = new Int32Array(rows);
  }

  codeOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const code = this.#known.size;
    this.#known.set(text, code);
    return code;
  }

  column(): TextColumn {
    return { kind: 'text', codes: this.codes, dictionary: [...this.#known.keys()] };
  }
}

export interface TextValues {
  /** The next `count` values to batch.codes[from…]. */
  read(batch: TextBatch, from: number, count: number): void;
}

/** Indexes into a dictionary of texts. Each entry is looked up once a batch. */
export class DictionaryTexts implements TextValues {
  readonly #indexes: HybridReader;
  readonly #dictionary: DictionaryOfTexts;

  constructor(indexes: HybridReader, dictionary: DictionaryOfTexts) {
    this.#indexes = indexes;
    this.#dictionary = dictionary;
  }

  read(batch: TextBatch, from: number, count: number): void {
    const codes = batch.codes.subarray(from, from + count);
    this.#indexes.read(codes, count);
    this.#dictionary.translate(codes, batch);
  }
}

export class DictionaryOfTexts {
  readonly #texts: readonly string[];
  readonly #codes: Int32Array;
  #batch: TextBatch | undefined;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#codes = new Int32Array(texts.length).fill(-1);
  }

  translate(codes: Int32Array, batch: TextBatch): void {
    if (this.#batch !== batch) {
      this.#codes.fill(-1);
      this.#batch = batch;
    }
    const { length } = this.#texts;
    for (let index = 0; index < codes.length; index++) {
      const entry = codes[index];
      if (entry < 0 || entry >= length) throw new Damage(`a value is entry ${entry} of a dictionary of ${length}`);
      if (this.#codes[entry] < 0) this.#codes[entry] = batch.codeOf(this.#texts[entry]);
      codes[index] = this.#codes[entry];
    }
  }
}

/** Texts from whatever gives one after the other. */
export class SerialTexts implements TextValues {
  readonly #next: () => string;

  constructor(next: () => string) {
    this.#next = next;
  }

  read(batch: TextBatch, from: number, count: number): void {
    for (let index = 0; index < count; index++) batch.codes[from + index] = batch.codeOf(this.#next());
  }
}

/** PLAIN texts: a length, then so many bytes; or values of one length. */
export function plainTexts(bytes: Uint8Array, start: number, leaf: Leaf, file: string): () => string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const toText = textReader(leaf, file);
  let offset = start;
  const take = (length: number): number => {
    const from = offset;
    if (length < 0 || from + length > bytes.length) throw new Damage('a text is longer than its page');
    offset += length;
    return from;
  };
  if (leaf.physical === 'INT64')
    return isUnsigned(leaf) ? () => String(view.getBigUint64(take(8), true)) : () => String(view.getBigInt64(take(8), true));
  if (leaf.physical === 'FIXED_LEN_BYTE_ARRAY') {
    if (leaf.length < 1) throw new Damage('a column of fixed length has none');
    return () => toText(bytes, take(leaf.length), offset);
  }
  return () => {
    const length = view.getUint32(take(4), true);
    return toText(bytes, take(length), offset);
  };
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
export function textsByLengths(bytes: Uint8Array, lengths: Int32Array, start: number, leaf: Leaf, file: string): () => string {
  const toText = textReader(leaf, file);
  let offset = start;
  let index = 0;
  return () => {
    if (index >= lengths.length) throw new Damage('a page has fewer values than it says');
    const from = offset;
    offset += lengths[index++];
    if (offset > bytes.length) throw new Damage('a text is longer than its page');
    return toText(bytes, from, offset);
  };
}

/** DELTA_BYTE_ARRAY: each text begins as the one before it. */
export function textsByPrefixes(
  bytes: Uint8Array,
  { prefixes, suffixes, start }: { prefixes: Int32Array; suffixes: Int32Array; start: number },
  leaf: Leaf,
  file: string,
): () => string {
  const toText = textReader(leaf, file);
  let last = new Uint8Array(0);
  let offset = start;
  let index = 0;
  return () => {
    if (index >= prefixes.length || index >= suffixes.length) throw new Damage('a page has fewer values than it says');
    const [prefix, suffix] = [prefixes[index], suffixes[index]];
    index += 1;
    if (prefix > last.length || offset + suffix > bytes.length) throw new Damage('a text is longer than its page');
    if (prefix + suffix > 4 * longestCell) throw tooLong(leaf, file, prefix + suffix);
    const whole = new Uint8Array(prefix + suffix);
    whole.set(last.subarray(0, prefix));
    whole.set(bytes.subarray(offset, offset + suffix), prefix);
    offset += suffix;
    last = whole;
    return toText(whole, 0, whole.length);
  };
}

/** Whole numbers that doubles cannot hold, as their digits. */
export const digitsOf = (deltas: DeltaReader, leaf: Leaf): (() => string) =>
  isUnsigned(leaf) ? () => String(BigInt.asUintN(64, deltas.next())) : () => String(deltas.next());

const isUnsigned = ({ reading }: Leaf): boolean => reading.as === 'text' && reading.text === 'unsigned';

type ToText = (bytes: Uint8Array, start: number, end: number) => string;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Short texts are put together by hand: a decoder costs more than they do. */
const shortText = 24;

function textReader(leaf: Leaf, file: string): ToText {
  const kind = leaf.reading.as === 'text' ? leaf.reading.text : 'utf8';
  return (bytes, start, end) => {
    if (end - start > longestCell) throw tooLong(leaf, file, end - start);
    if (kind === 'hex') return hex(bytes, start, end);
    if (kind === 'uuid') return hex(bytes, start, end).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    if (end - start <= shortText) {
      let text = '';
      let at = start;
      while (at < end && bytes[at] < 128) text += String.fromCharCode(bytes[at++]);
      if (at === end) return text;
    }
    const part = bytes.subarray(start, end);
    if (kind === 'utf8') return decoder.decode(part);
    try {
      return strict.decode(part);
    } catch {
      return hex(bytes, start, end);
    }
  };
}

function hex(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += bytes[at].toString(16).padStart(2, '0');
  return text;
}

const tooLong = (leaf: Leaf, file: string, length: number): InputError =>
  new InputError(
    'cell-too-long',
    `${file}, column "${leaf.path.join('.')}": a value of ${length} bytes; at most ${longestCell} are read.`,
    {
      advice: 'Leave the column out.',
      place: { file, column: leaf.path.join('.') },
    },
  );
