/**
 * A source as records of raw cells: opened, unpacked, decoded, its dialect guessed, every row checked to fit the header.
 * What the cells mean is not decided here.
 */
import { InputError } from '../../base/errors.js';
import type { Warning } from '../../spec/dataset.js';
import type { Source } from '../source.js';
import { checkedBatches, isBlank, type RowBatch } from './batches.js';
import { type OpenOptions, type OpenSource, openSource } from './bytes.js';
import { TextReader } from './decode.js';
import { type Dialect, guessDialect } from './dialect.js';
import { readHeader } from './header.js';
import { type NumberedRecord, RecordParser } from './records.js';
import { refuseWhatIsNoTable } from './sniff.js';

/** Bytes looked at before the first record is read. */
const sampleBytes = 64 * 1024;

export interface RecordBatch extends RowBatch {
  /** Bytes of the source read so far; of `RecordFile.size`. */
  bytes: number;
}

export interface RecordFile {
  name: string;
  size?: number;
  names: string[];
  dialect: Dialect;
  /** About the whole file. Complete once every batch has been read. */
  warnings(): Warning[];
  /** Can be iterated once. Ending early, or an error, closes the source. */
  batches: AsyncGenerator<RecordBatch, void>;
  /** Closes the source: needed only where `batches` is not iterated. */
  close(): Promise<void>;
}

/**
 * @throws InputError naming the file, and the row where there is one: `empty-file`, `not-a-table`, `too-many-columns`,
 * `unknown-builtin`, `unreadable-url`; while iterating `ragged-row`, `cell-too-long`, `no-rows`, `unclosed-quote`, …
 */
export async function openRecords(source: Source, options: OpenOptions): Promise<RecordFile> {
  const opened = await openSource(source, options);
  const bytes = opened.bytes[Symbol.asyncIterator]();
  try {
    return await begin(opened, bytes);
  } catch (error) {
    await bytes.return?.();
    throw error;
  }
}

async function begin(opened: OpenSource, bytes: AsyncIterator<Uint8Array>): Promise<RecordFile> {
  const { name, size } = opened;
  const start = await take(bytes, sampleBytes);
  const text = new TextReader(name, start.bytes);
  refuseWhatIsNoTable(start.bytes, name, text.encoding !== 'utf-8');
  const sample = text.decode(start.bytes, start.ended);
  const { dialect, warning } = guessDialect(sample, name, start.ended);
  const parser = new RecordParser(name, dialect);
  const pieces = recordsOf(sample, start.ended, bytes, text, parser);
  const { first, rest } = await firstRecord(pieces, name);
  const { names, isData, warnings } = readHeader(first.cells, name);
  const records = precededBy(isData ? [first, ...rest] : rest, pieces);
  return {
    name,
    size,
    names,
    dialect,
    warnings: () => [text.warning, warning, ...warnings, parser.warning].filter((found) => found !== undefined),
    batches: withBytes(checkedBatches(records, { file: name, names, delimiter: dialect.delimiter }), opened),
    close: async () => void (await bytes.return?.()),
  };
}

/** At least so many bytes, or all there are. */
async function take(bytes: AsyncIterator<Uint8Array>, wanted: number): Promise<{ bytes: Uint8Array; ended: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < wanted && !ended) {
    const next = await bytes.next();
    if (next.done) ended = true;
    else {
      pieces.push(next.value);
      length += next.value.length;
    }
  }
  const joined = new Uint8Array(length);
  let position = 0;
  for (const piece of pieces) {
    joined.set(piece, position);
    position += piece.length;
  }
  return { bytes: joined, ended };
}

/** Complete records, piece by piece, the sample's first. Closes the source however it ends. */
async function* recordsOf(
  sample: string,
  complete: boolean,
  bytes: AsyncIterator<Uint8Array>,
  text: TextReader,
  parser: RecordParser,
): AsyncGenerator<NumberedRecord[]> {
  try {
    yield parser.feed(sample, complete);
    for (let ended = complete; !ended; ) {
      const next = await bytes.next();
      ended = next.done === true;
      yield parser.feed(text.decode(next.done ? new Uint8Array(0) : next.value, ended), ended);
    }
  } finally {
    await bytes.return?.();
  }
}

/** The first record that is not blank, and those that came with it. */
async function firstRecord(
  pieces: AsyncGenerator<NumberedRecord[]>,
  name: string,
): Promise<{ first: NumberedRecord; rest: NumberedRecord[] }> {
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    const index = next.value.findIndex((record) => !isBlank(record));
    if (index >= 0) return { first: next.value[index], rest: next.value.slice(index + 1) };
  }
  throw new InputError('empty-file', `${name} is empty.`, {
    advice: 'Choose a file with a row of column names and at least one row of values.',
    place: { file: name },
  });
}

async function* precededBy(first: NumberedRecord[], rest: AsyncGenerator<NumberedRecord[]>): AsyncGenerator<NumberedRecord[]> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* withBytes(batches: AsyncGenerator<RowBatch>, opened: OpenSource): AsyncGenerator<RecordBatch, void> {
  for await (const batch of batches) yield { ...batch, bytes: opened.bytesRead };
}
