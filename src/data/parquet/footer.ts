/** A Parquet file's footer: what is in it and where, read from its last bytes alone. */
import { InputError } from '../../base/errors.js';
import { blaming, Damage, unsupported } from './damage.js';
import { type Leaf, numberOf, type ParquetColumn, readSchema, textOf } from './schema.js';
import { readStatistics, type Statistics } from './statistics.js';
import { ThriftReader, type ThriftStruct, type ThriftValue } from './thrift.js';

/** Bytes [start, end) of a file. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

export interface ColumnChunk {
  start: number;
  end: number;
  codec: number;
  /** Values, nulls among them. */
  values: number;
  statistics: Statistics;
}

export interface RowGroup {
  rows: number;
  /** One for each leaf. */
  chunks: ColumnChunk[];
}

export interface ParquetFooter {
  name: string;
  size: number;
  /** Bytes that were read to know all this. */
  footerBytes: number;
  rows: number;
  leaves: Leaf[];
  columns: ParquetColumn[];
  groups: RowGroup[];
  /** The program that wrote it, as it says. */
  writer: string;
  /** Of a summary (`_metadata`): the files that its row groups lie in. */
  paths: string[];
}

/** Bytes asked for at first: enough for most footers. */
const firstGuess = 64 * 1024;

/** Footers of ten thousand columns stay below. */
const largestFooter = 64 * 2 ** 20;

const magic = 0x31524150; // "PAR1"
const encryptedMagic = 0x45524150; // "PARE"

/** @throws InputError `not-parquet`, `damaged-file`, `unsupported-parquet` or `too-many-columns` */
export async function readFooter(
  name: string,
  size: number,
  read: ReadRange,
  { isSummary = false }: { isSummary?: boolean } = {},
): Promise<ParquetFooter> {
  if (size < 12) throw notParquet(name);
  const guessed = await read(Math.max(0, size - firstGuess), size);
  return blaming(name, async () => {
    const tail = new DataView(guessed.buffer, guessed.byteOffset, guessed.byteLength);
    const mark = tail.getUint32(guessed.length - 4, true);
    if (mark === encryptedMagic) throw encrypted(name);
    if (mark !== magic) throw notParquet(name);
    const length = tail.getUint32(guessed.length - 8, true);
    if (length + 12 > size) throw new Damage(`its footer is said to have ${length} bytes, and the file has ${size}`);
    if (length > largestFooter) throw unsupported(name, `has a footer of ${length} bytes`, 'Write it anew with larger row groups.');
    const start = size - 8 - length;
    const whole = length + 8 <= guessed.length ? guessed.subarray(guessed.length - 8 - length) : await read(start, size);
    const struct = new ThriftReader(whole.subarray(0, length)).struct();
    if (struct.has(8)) throw encrypted(name);
    if (isSummary) return { ...summaryOf(struct), name, size, footerBytes: Math.max(guessed.length, length + 8) };
    return { ...footerOf(struct, name, start), paths: [], name, size, footerBytes: Math.max(guessed.length, length + 8) };
  });
}

function footerOf(struct: ThriftStruct, name: string, dataEnd: number): Omit<ParquetFooter, 'name' | 'size' | 'footerBytes' | 'paths'> {
  const { leaves, columns } = readSchema(struct.get(2), name);
  const list = struct.get(4);
  if (!Array.isArray(list)) throw new Damage('it has no list of row groups');
  const groups = list.map((group) => groupOf(structFrom(group), leaves, name, dataEnd)).filter(({ rows }) => rows > 0);
  for (const [index, leaf] of leaves.entries()) keepDigits(leaf, index, groups);
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const said = numberOf(struct.get(3));
  if (rows !== said) throw new Damage(`it says that it has ${said} rows, and its row groups have ${rows}`);
  refuseBomb(name, rows * leaves.length, dataEnd);
  const writer = struct.get(6);
  return {
    rows,
    leaves,
    columns,
    groups,
    writer: writer instanceof Uint8Array ? new TextDecoder().decode(writer.subarray(0, 200)) : '',
  };
}

/** Whole numbers that doubles would round are most often identifiers: they are kept as texts, digit by digit. */
function keepDigits(leaf: Leaf, index: number, groups: readonly RowGroup[]): void {
  if (!groups.some(({ chunks }) => chunks[index].statistics.beyondDoubles)) return;
  const isUnsigned = leaf.reading.as === 'number' && leaf.reading.unsigned;
  leaf.reading = { as: 'text', text: isUnsigned ? 'unsigned' : 'signed', words: '64-bit integer' };
  for (const { chunks } of groups) {
    const { nulls } = chunks[index].statistics;
    chunks[index].statistics = nulls === undefined ? {} : { nulls };
  }
}

/** A summary's row groups lie in other files, whose own footers say the rest. */
function summaryOf(struct: ThriftStruct): Omit<ParquetFooter, 'name' | 'size' | 'footerBytes'> {
  const groups = struct.get(4);
  const paths = (Array.isArray(groups) ? groups : []).map((group) => {
    const columns = structFrom(group).get(1);
    return Array.isArray(columns) && columns.length > 0 ? textOf(structFrom(columns[0]).get(1)) : '';
  });
  return { rows: 0, leaves: [], columns: [], groups: [], writer: '', paths: paths.filter((path) => path !== '') };
}

function groupOf(struct: ThriftStruct, leaves: readonly Leaf[], name: string, dataEnd: number): RowGroup {
  const columns = struct.get(1);
  if (!Array.isArray(columns) || columns.length !== leaves.length)
    throw new Damage(`a row group has ${Array.isArray(columns) ? columns.length : 'no'} columns, and the schema ${leaves.length}`);
  const rows = numberOf(struct.get(3));
  if (!Number.isSafeInteger(rows) || rows < 0 || rows > 2 ** 31) throw new Damage(`a row group is said to have ${rows} rows`);
  return { rows, chunks: columns.map((column, index) => chunkOf(structFrom(column), leaves[index], { rows, name, dataEnd })) };
}

function chunkOf(struct: ThriftStruct, leaf: Leaf, at: { rows: number; name: string; dataEnd: number }): ColumnChunk {
  if (struct.has(8) || struct.has(9)) throw encrypted(at.name);
  if (struct.has(1)) throw unsupported(at.name, 'keeps its columns in other files', 'Open those files.');
  const meta = structFrom(struct.get(3));
  const label = leaf.path.join('.');
  const values = numberOf(meta.get(5));
  const dataPage = numberOf(meta.get(9));
  const dictionaryPage = numberOf(meta.get(11));
  // Some writers leave the dictionary's place out, and let the data begin there; some write 0.
  const start = dictionaryPage > 0 ? Math.min(dictionaryPage, dataPage) : dataPage;
  const length = numberOf(meta.get(7));
  if (at.rows > 0 && (start < 4 || length <= 0 || start + length > at.dataEnd))
    throw new Damage(`column "${label}" is said to lie at byte ${start} with ${length} bytes, outside the file's data`);
  if (leaf.repetition === 0 ? values !== at.rows : values < 0 || !Number.isSafeInteger(values))
    throw new Damage(`column "${label}" has ${values} values in a row group of ${at.rows} rows`);
  return { start, end: start + length, codec: numberOf(meta.get(4)), values, statistics: readStatistics(meta.get(12), leaf) };
}

/** Cells may weigh nothing in a file, as runs of one value do, and weigh four bytes at least once they are read. */
function refuseBomb(name: string, cells: number, packed: number): void {
  if (cells * 4 < 2 ** 30 || cells * 4 < packed * 2000) return;
  throw new InputError('unpacks-too-large', `${name} has ${cells} values in ${packed} bytes.`, {
    advice: 'It holds hardly anything but repeats. Choose fewer columns where it was made.',
    place: { file: name },
  });
}

function structFrom(value: ThriftValue | undefined): ThriftStruct {
  if (value instanceof Map) return value as ThriftStruct;
  throw new Damage('its footer lacks a part');
}

const notParquet = (file: string): InputError =>
  new InputError('not-parquet', `${file} is not a Parquet file, or its end is missing.`, {
    advice: 'Copy or download it again: a Parquet file ends with the letters PAR1.',
    place: { file },
  });

const encrypted = (file: string): InputError =>
  unsupported(file, 'is encrypted', 'Write it without encryption: keys are not asked for here.');
