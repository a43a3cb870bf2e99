/** From a page's encoding to what reads its values. */
import { HybridReader } from './bit-reader.js';
import { Damage } from './damage.js';
import { DeltaReader, readLengths } from './delta.js';
import type { Leaf } from './schema.js';
import {
  DictionaryOfTexts,
  DictionaryTexts,
  digitsOf,
  plainTexts,
  SerialTexts,
  type TextValues,
  textsByLengths,
  textsByPrefixes,
} from './text-values.js';
import { DeltaNumbers, DictionaryNumbers, type NumberValues, PlainNumbers, unsplit, widthOf } from './values.js';

export type PageValues = { kind: 'number'; values: NumberValues } | { kind: 'text'; values: TextValues };
export type Dictionary = { kind: 'number'; values: Float64Array } | { kind: 'text'; values: DictionaryOfTexts };

/** By the numbers that the format gives them. */
const encoding = {
  plain: 0,
  plainDictionary: 2,
  runs: 3,
  deltaPacked: 5,
  deltaLength: 6,
  deltaPrefix: 7,
  dictionary: 8,
  streamSplit: 9,
} as const;

interface PageOf {
  encoding: number;
  count: number;
  leaf: Leaf;
  dictionary: Dictionary | undefined;
  file: string;
}

export function valuesOf(bytes: Uint8Array, start: number, page: PageOf): PageValues {
  const { leaf, dictionary } = page;
  if (page.encoding === encoding.dictionary || page.encoding === encoding.plainDictionary) {
    // A page of nulls alone has no indexes, and may have no dictionary.
    if (start >= bytes.length) return nothing(leaf);
    if (!dictionary) throw new Damage('a page refers to a dictionary that is not there');
    const indexes = new HybridReader(bytes, start + 1, bytes.length, bytes[start]);
    return dictionary.kind === 'number'
      ? { kind: 'number', values: new DictionaryNumbers(indexes, dictionary.values) }
      : { kind: 'text', values: new DictionaryTexts(indexes, dictionary.values) };
  }
  if (leaf.reading.as === 'boolean') return { kind: 'text', values: booleans(bytes, start, page.encoding) };
  return leaf.reading.as === 'text'
    ? { kind: 'text', values: new SerialTexts(texts(bytes, start, page)) }
    : { kind: 'number', values: numbers(bytes, start, page) };
}

const nothing = (leaf: Leaf): PageValues => {
  const none = (_: unknown, __: number, count: number): void => {
    if (count > 0) throw new Damage('a page has fewer values than it says');
  };
  return leaf.reading.as === 'text' || leaf.reading.as === 'boolean'
    ? { kind: 'text', values: { read: none } }
    : { kind: 'number', values: { read: none } };
};

function numbers(bytes: Uint8Array, start: number, { encoding: given, leaf }: PageOf): NumberValues {
  if (given === encoding.plain) return new PlainNumbers(bytes, start, leaf);
  if (given === encoding.deltaPacked && (leaf.physical === 'INT32' || leaf.physical === 'INT64'))
    return start >= bytes.length
      ? { read: () => undefined }
      : new DeltaNumbers(new DeltaReader(bytes, start, leaf.physical === 'INT32'), leaf);
  const width = widthOf(leaf);
  if (given === encoding.streamSplit && width) return new PlainNumbers(unsplit(bytes, start, width), 0, leaf);
  throw unknownEncoding(given, leaf);
}

function texts(bytes: Uint8Array, start: number, { encoding: given, count, leaf, file }: PageOf): () => string {
  if (given === encoding.plain) return plainTexts(bytes, start, leaf, file);
  if (leaf.physical === 'INT64') {
    if (given === encoding.deltaPacked) return digitsOf(new DeltaReader(bytes, start, false), leaf);
    if (given === encoding.streamSplit) return plainTexts(unsplit(bytes, start, 8), 0, leaf, file);
    throw unknownEncoding(given, leaf);
  }
  if (given === encoding.streamSplit && leaf.physical === 'FIXED_LEN_BYTE_ARRAY' && leaf.length > 0)
    return plainTexts(unsplit(bytes, start, leaf.length), 0, leaf, file);
  if (given === encoding.deltaLength) {
    const { lengths, end } = readLengths(bytes, start, Math.min(count, mostTexts));
    return textsByLengths(bytes, lengths, end, leaf, file);
  }
  if (given === encoding.deltaPrefix) {
    const prefixes = readLengths(bytes, start, Math.min(count, mostTexts));
    const suffixes = readLengths(bytes, prefixes.end, Math.min(count, mostTexts));
    return textsByPrefixes(bytes, { prefixes: prefixes.lengths, suffixes: suffixes.lengths, start: suffixes.end }, leaf, file);
  }
  throw unknownEncoding(given, leaf);
}

/** In one page or dictionary: their lengths may take no bytes at all. */
const mostTexts = 2 ** 24;

function booleans(bytes: Uint8Array, start: number, given: number): TextValues {
  let bits: HybridReader;
  if (given === encoding.runs) {
    if (start + 4 > bytes.length) return { read: () => undefined };
    bits = new HybridReader(bytes, start + 4, bytes.length, 1);
  } else if (given === encoding.plain) bits = plainBits(bytes, start);
  else throw new Damage(`booleans are written in the unknown encoding ${given}`);
  return {
    read(batch, from, count) {
      const codes = batch.codes.subarray(from, from + count);
      bits.read(codes, count);
      for (let index = 0; index < count; index++) codes[index] = batch.codeOf(codes[index] === 1 ? 'true' : 'false');
    },
  };
}

/** Bits without a run's header are one run of packed values. */
function plainBits(bytes: Uint8Array, start: number): HybridReader {
  const length = bytes.length - start;
  const header: number[] = [];
  // The run's length in groups of eight, with the mark of packed values, as a varint.
  for (let rest = length * 2 + 1; ; rest = Math.floor(rest / 128)) {
    header.push(rest > 127 ? (rest % 128) | 128 : rest);
    if (rest <= 127) break;
  }
  const whole = new Uint8Array(header.length + length);
  whole.set(header);
  whole.set(bytes.subarray(start), header.length);
  return new HybridReader(whole, 0, whole.length, 1);
}

/** The dictionary that begins a column chunk. */
export function dictionaryOf(bytes: Uint8Array, count: number, leaf: Leaf, file: string): Dictionary {
  const width = widthOf(leaf) ?? 4;
  if (count < 0 || count > mostTexts || count * Math.max(1, width) > bytes.length)
    throw new Damage(`a dictionary of ${bytes.length} bytes is said to have ${count} entries`);
  if (leaf.reading.as === 'boolean') throw new Damage('booleans have a dictionary');
  if (leaf.reading.as === 'text') {
    const next = plainTexts(bytes, 0, leaf, file);
    return { kind: 'text', values: new DictionaryOfTexts(Array.from({ length: count }, next)) };
  }
  const values = new Float64Array(count);
  new PlainNumbers(bytes, 0, leaf).read(values, 0, count);
  return { kind: 'number', values };
}

const unknownEncoding = (given: number, leaf: Leaf): Damage =>
  new Damage(`column "${leaf.path.join('.')}" is written in the encoding ${given}, which its type does not have`);
