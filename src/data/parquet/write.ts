/** Rows as a Parquet file, row group by row group: what is written leaves as it comes, and one row group is in memory. */
import type { SchemaElement } from 'hyparquet';
import { InputError } from '../../base/errors.js';
import type { Field } from '../../spec/field.js';
import type { Column, TableChunk } from '../table.js';
import { joinChunks } from '../whole.js';

/** Rows in a row group: large enough for short footers, small enough to skip. */
const mostRows = 131_072;
const mostCells = 4_000_000;

/** How a column is written. */
type Written = 'INT32' | 'INT64' | 'DOUBLE' | 'MILLIS' | 'MICROS' | 'BOOLEAN' | 'STRING';

export interface WrittenPiece {
  bytes: Uint8Array;
  rows: number;
}

/** @throws InputError `pictures-for-table` where a column holds pictures */
export async function* writeParquet(fields: readonly Field[], chunks: AsyncIterable<TableChunk>): AsyncGenerator<WrittenPiece> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const written = fields.map(writtenAs);
  const sink = new ByteWriter(2 ** 20);
  const writer = new ParquetWriter({
    writer: sink,
    schema: [{ name: 'schema', num_children: fields.length }, ...fields.map((field, index) => elementOf(field, written[index]))],
    codec: 'SNAPPY',
    createdBy: 'benchwright',
  });
  const groupRows = Math.max(1, Math.min(mostRows, Math.floor(mostCells / fields.length)));
  const names = fields.map(({ name }) => name);
  let rows = 0;
  const taken = (): WrittenPiece => {
    const bytes = sink.getBytes().slice();
    sink.index = 0;
    return { bytes, rows };
  };
  const group = (parts: TableChunk[]): WrittenPiece => {
    const table = joinChunks(names, parts);
    writer.write({
      columnData: names.map((name, index) => ({ name, data: valuesOf(table.columns[index], written[index], fields[index].missing > 0) })),
      rowGroupSize: table.rows,
    });
    rows += table.rows;
    return taken();
  };
  let waiting: TableChunk[] = [];
  let count = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    count += chunk.rows;
    if (count < groupRows) continue;
    yield group(waiting);
    waiting = [];
    count = 0;
  }
  if (count > 0) yield group(waiting);
  writer.finish();
  yield taken();
}

const within32 = 2 ** 31;
const within53 = Number.MAX_SAFE_INTEGER;

function writtenAs({ name, type, range, top, distinct }: Field): Written {
  const largest = range ? Math.max(Math.abs(range.minimum), Math.abs(range.maximum)) : 0;
  if (type === 'integer') return largest < within32 ? 'INT32' : largest <= within53 ? 'INT64' : 'DOUBLE';
  if (type === 'number') return 'DOUBLE';
  if (type === 'datetime') return largest * 1000 <= within53 ? 'MICROS' : 'MILLIS';
  if (type === 'picture') {
    throw new InputError('pictures-for-table', `Column "${name}" holds pictures, which a table of values cannot hold.`, {
      advice: 'Keep the files that they came from.',
      place: { column: name },
    });
  }
  const isTrueOrFalse = distinct <= 2 && (top ?? []).length > 0 && (top ?? []).every(({ value }) => value === 'true' || value === 'false');
  return type === 'boolean' && isTrueOrFalse ? 'BOOLEAN' : 'STRING';
}

function elementOf({ name, missing }: Field, written: Written): SchemaElement {
  const repetition_type = missing > 0 ? ('OPTIONAL' as const) : ('REQUIRED' as const);
  const base = { name, repetition_type };
  if (written === 'STRING') return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  if (written === 'MILLIS' || written === 'MICROS') {
    return {
      ...base,
      type: 'INT64',
      converted_type: `TIMESTAMP_${written}`,
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: written },
    };
  }
  return { ...base, type: written };
}

function valuesOf(column: Column, written: Written, hasMissing: boolean): unknown[] | Int32Array | Float64Array {
  if (column.kind === 'picture') throw new TypeError('Pictures are refused before.');
  if (column.kind === 'text') {
    const entries: (string | boolean)[] = written === 'BOOLEAN' ? column.dictionary.map((text) => text === 'true') : column.dictionary;
    return Array.from(column.codes, (code) => (code < 0 ? null : entries[code]));
  }
  const { values } = column;
  if (!hasMissing && written === 'DOUBLE') return values;
  // An overridden type may leave fractions in a column of whole numbers: they are cut off as its type says.
  if (!hasMissing && written === 'INT32') return Int32Array.from(values);
  const one = numberAs(written);
  return Array.from(values, (value) => (Number.isNaN(value) ? null : one(value)));
}

function numberAs(written: Written): (value: number) => number | bigint {
  if (written === 'INT32') return Math.trunc;
  if (written === 'INT64' || written === 'MILLIS') return (value) => BigInt(Math.trunc(value));
  if (written === 'MICROS') return (value) => BigInt(Math.round(value * 1000));
  return (value) => value;
}
