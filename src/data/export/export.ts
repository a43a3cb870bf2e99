/** A stored dataset as a file of another form, piece by piece. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { Field } from '../../spec/field.js';
import type { Store } from '../../storage/store.js';
import { readChunks } from '../chunks.js';
import { listed } from '../columns/access.js';
import type { ExportFormat, ExportPiece } from '../datasets.js';
import { writeParquet } from '../parquet/write.js';
import type { TableChunk } from '../table.js';
import { csvLine } from './csv-cell.js';

export const exportFormats = ['parquet', 'csv', 'ndjson'] as const satisfies readonly ExportFormat[];

/** @throws InputError `unknown-format`, `pictures-for-table` */
export function exportDataset(
  store: Store,
  record: DatasetRecord,
  format: ExportFormat,
  signal?: AbortSignal,
): AsyncGenerator<ExportPiece, { rows: number; bytes: number }> {
  return exportRows({ ...record, chunks: readChunks(store, record, signal) }, format, signal);
}

export interface ExportedRows {
  /** In messages. */
  name: string;
  fields: readonly Field[];
  /** All of them, as far as it is known before. */
  rows: number;
  chunks: AsyncIterable<TableChunk>;
}

/** @throws InputError `unknown-format`, `pictures-for-table` */
export async function* exportRows(
  given: ExportedRows,
  format: ExportFormat,
  signal?: AbortSignal,
): AsyncGenerator<ExportPiece, { rows: number; bytes: number }> {
  if (!exportFormats.includes(format)) {
    throw new InputError('unknown-format', `"${String(format)}" is no form that a dataset can be written in.`, {
      advice: `There are ${listed(exportFormats)}.`,
      place: { format: String(format) },
    });
  }
  const picture = given.fields.find(({ type }) => type === 'picture');
  if (picture) {
    throw new InputError('pictures-for-table', `"${given.name}" holds pictures, which a table of values cannot.`, {
      advice: 'Keep the files that they came from.',
      place: { column: picture.name },
    });
  }
  const { fields, chunks } = given;
  const pieces = format === 'parquet' ? writeParquet(fields, chunks) : writeTexts(fields, chunks, format);
  const started = milliseconds();
  let rows = 0;
  let bytes = 0;
  for await (const piece of pieces) {
    throwIfAborted(signal);
    rows = piece.rows;
    bytes += piece.bytes.length;
    const seconds = (milliseconds() - started) / 1000;
    yield { ...piece, ...(rows > 0 ? { secondsLeft: (seconds * (given.rows - rows)) / rows } : {}) };
    await yieldToEventLoop();
  }
  return { rows, bytes };
}

async function* writeTexts(
  fields: readonly Field[],
  chunks: AsyncIterable<TableChunk>,
  format: 'csv' | 'ndjson',
): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
  const encoder = new TextEncoder();
  let rows = 0;
  if (format === 'csv') yield { bytes: encoder.encode(csvLine(fields.map(({ name }) => name))), rows };
  for await (const chunk of chunks) {
    const columns = fields.map((field, index) => (format === 'csv' ? cellTexts : jsonTexts)(field, chunk, index));
    const lines: string[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      if (format === 'csv') lines.push(csvLine(columns.map((column) => column(row) ?? '')));
      else lines.push(`{${columns.map((column, index) => `${JSON.stringify(fields[index].name)}:${column(row) ?? 'null'}`).join(',')}}\n`);
    }
    rows += chunk.rows;
    yield { bytes: encoder.encode(lines.join('')), rows };
  }
}

type TextAt = (row: number) => string | undefined;

function cellTexts({ type }: Field, chunk: TableChunk, index: number): TextAt {
  const column = chunk.columns[index];
  if (column.kind === 'text') return (row) => column.dictionary[column.codes[row]];
  if (column.kind !== 'number') return () => undefined;
  const text = type === 'datetime' ? isoOf : String;
  return (row) => (Number.isNaN(column.values[row]) ? undefined : text(column.values[row]));
}

function jsonTexts(field: Field, chunk: TableChunk, index: number): TextAt {
  const column = chunk.columns[index];
  const cell = cellTexts(field, chunk, index);
  if (column.kind === 'number' && field.type !== 'datetime') return cell;
  if (column.kind !== 'text') return (row) => quoted(cell(row));
  const isBoolean = field.type === 'boolean' && (field.top ?? []).every(({ value }) => value === 'true' || value === 'false');
  const texts = isBoolean ? column.dictionary : column.dictionary.map((text) => JSON.stringify(text));
  return (row) => texts[column.codes[row]];
}

const quoted = (text: string | undefined): string | undefined => (text === undefined ? undefined : JSON.stringify(text));

/** ISO 8601 in UTC; what is finer than a millisecond in six digits; the number itself beyond the calendar. */
function isoOf(time: number): string {
  if (Math.abs(time) > 8.64e15) return String(time);
  const whole = Math.floor(time);
  const text = new Date(whole).toISOString();
  if (whole === time) return text;
  return text.replace('Z', `${String(Math.min(999, Math.round((time - whole) * 1000))).padStart(3, '0')}Z`);
}
