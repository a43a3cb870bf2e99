/**
 * Rows as stored bytes: a magic word, a JSON header, then each column's buffers, every one on a border of eight bytes.
 * Numbers as 64-bit floats; pictures as their pixels; texts as 32-bit codes, the ends of the dictionary's entries, and their UTF-8. Little-endian.
 */
import * as z from 'zod/mini';
import { throwIfAborted } from '../base/abort.js';
import { StorageError } from '../base/errors.js';
import type { DatasetRecord } from '../spec/dataset.js';
import { PictureSize } from '../spec/field.js';
import type { Store } from '../storage/store.js';
import { mostColumns } from './sources/header.js';
import { type Column, pixelsOf, type TableChunk, type TextColumn } from './table.js';

const magic = 0x31574342; // "BCW1"
const prefixBytes = 8;

const size = z.number().check(z.int(), z.minimum(0), z.maximum(2 ** 31));
const ChunkHeader = z.object({
  rows: size,
  columns: z
    .array(
      z.union([
        z.object({ kind: z.literal('number') }),
        z.object({ kind: z.literal('text'), entries: size, bytes: size }),
        z.object({ kind: z.literal('picture'), size: PictureSize }),
      ]),
    )
    .check(z.maxLength(mostColumns)),
});

type ColumnHeader = z.infer<typeof ChunkHeader>['columns'][number];

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** The lengths in bytes of a column's buffers, before alignment. */
function bufferLengths(rows: number, column: ColumnHeader): number[] {
  if (column.kind === 'number') return [rows * 8];
  if (column.kind === 'picture') return [rows * pixelsOf(column.size)];
  return [rows * 4, column.entries * 4, column.bytes];
}

export function encodeChunk({ rows, columns }: TableChunk): Uint8Array {
  const encoder = new TextEncoder();
  const buffers: Uint8Array[] = [];
  const headers = columns.map((column): ColumnHeader => {
    if (column.kind === 'number') {
      buffers.push(bytesOf(column.values));
      return { kind: 'number' };
    }
    if (column.kind === 'picture') {
      buffers.push(column.pixels);
      return { kind: 'picture', size: column.size };
    }
    let length = 0;
    const entries = column.dictionary.map((text) => encoder.encode(text));
    const ends = Int32Array.from(entries, (entry) => (length += entry.length));
    const texts = new Uint8Array(length);
    for (const [index, entry] of entries.entries()) texts.set(entry, ends[index] - entry.length);
    buffers.push(bytesOf(column.codes), bytesOf(ends), texts);
    return { kind: 'text', entries: entries.length, bytes: length };
  });
  const header = encoder.encode(JSON.stringify({ rows, columns: headers }));
  const start = aligned(prefixBytes + header.length);
  const bytes = new Uint8Array(buffers.reduce((sum, buffer) => sum + aligned(buffer.length), start));
  new Uint32Array(bytes.buffer, 0, 2).set([magic, header.length]);
  bytes.set(header, prefixBytes);
  let position = start;
  for (const buffer of buffers) {
    bytes.set(buffer, position);
    position += aligned(buffer.length);
  }
  return bytes;
}

const bytesOf = (array: Float64Array | Int32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** @throws StorageError `chunk-invalid` when the bytes are not what `encodeChunk` makes */
export function decodeChunk(bytes: Uint8Array): TableChunk {
  // A copy on a border of eight bytes, which the columns then own: the caller's bytes may lie anywhere.
  const { buffer } = bytes.slice();
  const prefix = buffer.byteLength >= prefixBytes ? new Uint32Array(buffer, 0, 2) : [0, 0];
  if (prefix[0] !== magic) throw invalid('it does not begin as one');
  const header = parseHeader(buffer, prefix[1]);
  let position = aligned(prefixBytes + prefix[1]);
  const expected = header.columns
    .flatMap((column) => bufferLengths(header.rows, column))
    .reduce((sum, length) => sum + aligned(length), position);
  if (expected !== buffer.byteLength) throw invalid(`it has ${buffer.byteLength} bytes and should have ${expected}`);
  const next = (length: number): number => {
    const start = position;
    position += aligned(length);
    return start;
  };
  const columns = header.columns.map((column): Column => {
    if (column.kind === 'number') return { kind: 'number', values: new Float64Array(buffer, next(header.rows * 8), header.rows) };
    if (column.kind === 'picture') {
      const length = header.rows * pixelsOf(column.size);
      return { kind: 'picture', size: column.size, pixels: new Uint8Array(buffer, next(length), length) };
    }
    const codes = new Int32Array(buffer, next(header.rows * 4), header.rows);
    const ends = new Int32Array(buffer, next(column.entries * 4), column.entries);
    return textColumnFrom(codes, ends, new Uint8Array(buffer, next(column.bytes), column.bytes));
  });
  return { rows: header.rows, columns };
}

function parseHeader(buffer: ArrayBuffer, length: number): z.infer<typeof ChunkHeader> {
  if (prefixBytes + length > buffer.byteLength) throw invalid('its header is cut off');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(buffer, prefixBytes, length));
    return ChunkHeader.parse(JSON.parse(text));
  } catch (cause) {
    throw invalid('its header cannot be read', cause);
  }
}

function textColumnFrom(codes: Int32Array, ends: Int32Array, texts: Uint8Array): TextColumn {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let start = 0;
  const dictionary = Array.from(ends, (end) => {
    if (end < start || end > texts.length) throw invalid('a text lies outside it');
    const text = decoder.decode(texts.subarray(start, end));
    start = end;
    return text;
  });
  if (codes.some((code) => code < -1 || code >= dictionary.length)) throw invalid('a code has no text');
  return { kind: 'text', codes, dictionary };
}

const invalid = (problem: string, cause?: unknown): StorageError =>
  new StorageError('chunk-invalid', `A stored piece of a table cannot be used: ${problem}.`, { advice: 'Import the table again.', cause });

/** A dataset's chunks in row order, one in memory at a time. */
export async function* readChunks(store: Store, record: DatasetRecord, signal?: AbortSignal): AsyncGenerator<TableChunk> {
  for (const { ref, rows } of record.chunks) {
    throwIfAborted(signal);
    const chunk = decodeChunk(await store.getChunk(ref));
    if (chunk.rows !== rows || chunk.columns.length !== record.fields.length) throw invalid('it belongs to another table');
    yield chunk;
  }
}
