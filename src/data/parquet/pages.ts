/** The pages of a column chunk, one after the other: their headers checked, unpacked, with what reads their levels and values. */
import { HybridReader } from './bit-reader.js';
import type { Budget } from './budget.js';
import type { ChunkBytes } from './chunk-bytes.js';
import { type Unpack, unpackerFor } from './codecs.js';
import { Damage } from './damage.js';
import { type Dictionary, dictionaryOf, type PageValues, valuesOf } from './encodings.js';
import type { ColumnChunk } from './footer.js';
import { type Leaf, numberOf } from './schema.js';
import { CutOff, ThriftReader, type ThriftStruct, type ThriftValue } from './thrift.js';

export interface DataPage {
  /** Nulls among them. */
  count: number;
  /** Undefined where every value is there. */
  definitions: HybridReader | undefined;
  /** Undefined where nothing repeats. */
  repetitions: HybridReader | undefined;
  values: PageValues;
}

/** Of one page, unpacked. Writers aim at 1 MiB; some write a whole chunk as one. */
const largestPage = 256 * 2 ** 20;

/** Statistics in a page's header may be long texts. */
const largestHeader = 2 ** 20;

const pageTypes = { data: 0, index: 1, dictionary: 2, dataV2: 3 } as const;

/** @param held counts what this column keeps in memory */
export async function* readPages(
  bytes: ChunkBytes,
  chunk: ColumnChunk,
  leaf: Leaf,
  { file, budget }: { file: string; budget: Budget },
): AsyncGenerator<DataPage> {
  const unpack = await unpackerFor(chunk.codec, file);
  let dictionary: Dictionary | undefined;
  let dictionaryBytes = 0;
  let pageBytes = 0;
  try {
    for (let values = 0; values < chunk.values; ) {
      if (bytes.left <= 0) throw new Damage(`column "${leaf.path.join('.')}" ends after ${values} of ${chunk.values} values`);
      const header = await readHeader(bytes);
      const type = numberOf(header.get(1));
      const unpacked = numberOf(header.get(2));
      const packed = await bytes.take(numberOf(header.get(3)));
      if (unpacked < 0 || unpacked > largestPage) throw new Damage(`a page is said to unpack to ${unpacked} bytes`);
      if (type === pageTypes.index) continue;
      budget.unpacked(packed.length, unpacked);
      if (type === pageTypes.dictionary) {
        if (dictionary) throw new Damage('a column has two dictionaries');
        const count = numberOf(structAt(header, 7).get(1));
        dictionaryBytes = unpacked + Math.min(count, unpacked + 1) * 40;
        budget.hold(dictionaryBytes);
        dictionary = dictionaryOf(unpack(packed, unpacked), count, leaf, file);
        continue;
      }
      budget.hold(unpacked - pageBytes);
      pageBytes = unpacked;
      const page = dataPage({ type, header, packed, unpacked, unpack, leaf, dictionary, file });
      values += page.count;
      if (values > chunk.values) throw new Damage(`column "${leaf.path.join('.')}" has more than its ${chunk.values} values`);
      if (page.count > 0) yield page;
    }
  } finally {
    budget.hold(-pageBytes - dictionaryBytes);
  }
}

/** A header's length is found out by reading it. */
async function readHeader(bytes: ChunkBytes): Promise<ThriftStruct> {
  for (let wanted = 512; ; wanted *= 8) {
    const there = (await bytes.peek(wanted)).subarray(0, Math.max(wanted, 1));
    const reader = new ThriftReader(there);
    try {
      const header = reader.struct();
      await bytes.take(reader.offset);
      return header;
    } catch (error) {
      if (!(error instanceof CutOff) || wanted >= largestHeader || there.length >= bytes.left) throw error;
    }
  }
}

interface RawPage {
  type: number;
  header: ThriftStruct;
  packed: Uint8Array;
  unpacked: number;
  unpack: Unpack;
  leaf: Leaf;
  dictionary: Dictionary | undefined;
  file: string;
}

function dataPage(raw: RawPage): DataPage {
  if (raw.type === pageTypes.data) return pageVersion1(raw);
  if (raw.type === pageTypes.dataV2) return pageVersion2(raw);
  throw new Damage(`a page has the unknown type ${raw.type}`);
}

function pageVersion1({ header, packed, unpacked, unpack, leaf, dictionary, file }: RawPage): DataPage {
  const own = structAt(header, 5);
  const bytes = unpack(packed, unpacked);
  const count = countOf(own.get(1));
  let offset = 0;
  const levels = (highest: number): HybridReader | undefined => {
    if (highest === 0) return undefined;
    if (offset + 4 > bytes.length) throw new Damage('the levels of a page are cut off');
    const length = new DataView(bytes.buffer, bytes.byteOffset + offset, 4).getUint32(0, true);
    const start = offset + 4;
    if (length > bytes.length - start) throw new Damage('the levels of a page are longer than it');
    offset = start + length;
    return new HybridReader(bytes, start, offset, widthFor(highest));
  };
  const repetitions = levels(leaf.repetition);
  const definitions = levels(leaf.definition);
  return {
    count,
    repetitions,
    definitions,
    values: valuesOf(bytes, offset, { encoding: numberOf(own.get(2)), count, leaf, dictionary, file }),
  };
}

function pageVersion2({ header, packed, unpacked, unpack, leaf, dictionary, file }: RawPage): DataPage {
  const own = structAt(header, 8);
  const count = countOf(own.get(1));
  const definitionBytes = numberOf(own.get(5));
  const repetitionBytes = numberOf(own.get(6));
  const levelBytes = definitionBytes + repetitionBytes;
  if (definitionBytes < 0 || repetitionBytes < 0 || levelBytes > packed.length || levelBytes > unpacked)
    throw new Damage('the levels of a page are longer than it');
  const data = packed.subarray(levelBytes);
  const isPacked = own.get(7) !== false;
  const bytes = isPacked && unpacked > levelBytes ? unpack(data, unpacked - levelBytes) : data;
  return {
    count,
    repetitions: leaf.repetition > 0 ? new HybridReader(packed, 0, repetitionBytes, widthFor(leaf.repetition)) : undefined,
    definitions: leaf.definition > 0 ? new HybridReader(packed, repetitionBytes, levelBytes, widthFor(leaf.definition)) : undefined,
    values: valuesOf(bytes, 0, { encoding: numberOf(own.get(4)), count, leaf, dictionary, file }),
  };
}

function countOf(value: ThriftValue | undefined): number {
  const count = numberOf(value);
  if (count < 0) throw new Damage(`a page is said to have ${count} values`);
  return count;
}

function structAt(struct: ThriftStruct, field: number): ThriftStruct {
  const value = struct.get(field);
  if (value instanceof Map) return value as ThriftStruct;
  throw new Damage("a page's header lacks a part");
}

const widthFor = (highest: number): number => 32 - Math.clz32(highest);
