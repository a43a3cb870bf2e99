/**
 * A source as typed columns, read once and in bounded memory: the types are found out from all of it. Where a schema is
 * already there, as for a file to predict, `fixed.ts` reads by that.
 */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { InputError } from '../base/errors.js';
import type { Warning } from '../spec/dataset.js';
import type { Field } from '../spec/field.js';
import { type FieldType, fieldTypes } from '../spec/field-type.js';
import type { Store } from '../storage/store.js';
import { listed } from './columns/access.js';
import type { NumberFormat } from './columns/cells.js';
import { type Decision, decide } from './columns/decide.js';
import { ColumnEvidence } from './columns/evidence.js';
import { ColumnProfile } from './columns/profile.js';
import { rawColumn } from './columns/raw.js';
import { typedColumn } from './columns/typed.js';
import type { Source } from './source.js';
import type { OpenOptions } from './sources/bytes.js';
import { openRecords, type RecordFile } from './sources/csv.js';
import { Spool } from './spool.js';
import type { TableChunk } from './table.js';
import { columnWarnings, limited } from './warnings.js';

export interface ReadOptions extends OpenOptions {
  /** Overrides of inferred types, by column. */
  types?: Readonly<Record<string, FieldType>>;
  /** Where the rows of a large table wait for its last one; in memory when left out. */
  store?: Store;
}

export type ReadEvent =
  /** So much has been read. `share` of the whole work is done, where the size is known. */
  | { kind: 'progress'; rows: number; bytes: number; size?: number; share?: number }
  | { kind: 'chunk'; chunk: TableChunk; rows: number; share: number };

export interface ReadResult {
  name: string;
  rows: number;
  bytes: number;
  fields: Field[];
  warnings: Warning[];
}

/** Share of the time that goes into reading text; the rest makes typed columns. Measured on 1.5 million rows of eight columns. */
const readingShare = 0.75;

/** First only progress, then every chunk in row order, then what is known of the whole. @throws as `openRecords` does */
export async function* readSource(source: Source, options: ReadOptions): AsyncGenerator<ReadEvent, ReadResult> {
  const file = await openRecords(source, options);
  const spool = new Spool(options.store);
  try {
    const { types = {} } = options;
    checkTypes(types, file);
    const formats: NumberFormat[] = file.dialect.delimiter === ',' ? ['point'] : ['point', 'comma'];
    const evidence = file.names.map(() => new ColumnEvidence(file.names.length, formats));
    let rows = 0;
    let bytes = 0;
    for await (const batch of file.batches) {
      const columns = file.names.map((_, index) => rawColumn(batch.rows, index));
      for (const [index, column] of columns.entries()) evidence[index].add(column, batch.lines);
      await spool.push({ rows: batch.rows.length, columns });
      rows += batch.rows.length;
      bytes = batch.bytes;
      const share = file.size ? (bytes / file.size) * readingShare : undefined;
      yield { kind: 'progress', rows, bytes, size: file.size, share };
      await yieldToEventLoop();
      throwIfAborted(options.signal);
    }
    const decisions = file.names.map((name, index) =>
      decide(name, evidence[index], file.name, Object.hasOwn(types, name) ? types[name] : undefined),
    );
    const profiles = decisions.map(({ type }, index) => new ColumnProfile(type, evidence[index].distinct, decisions.length));
    for await (const { chunk, done } of typedChunks(spool, decisions, profiles)) {
      yield { kind: 'chunk', chunk, rows, share: readingShare + (1 - readingShare) * (done / rows) };
      await yieldToEventLoop();
      throwIfAborted(options.signal);
    }
    const fields = profiles.map((profile, index) => profile.field(file.names[index], decisions[index].reason));
    const warnings = limited([...file.warnings(), ...decisions.flatMap((decision) => decision.warnings), ...columnWarnings(fields, rows)]);
    return { name: file.name, rows, bytes, fields, warnings };
  } finally {
    await spool.dispose();
    await file.close();
  }
}

async function* typedChunks(
  spool: Spool,
  decisions: readonly Decision[],
  profiles: readonly ColumnProfile[],
): AsyncGenerator<{ chunk: TableChunk; done: number }> {
  let done = 0;
  for await (const { rows, columns } of spool.take()) {
    const typed = columns.map((column, index) => {
      if (column.kind !== 'text') throw new TypeError('Waiting columns are texts.');
      return typedColumn(column, decisions[index].type, decisions[index].format);
    });
    for (const [index, column] of typed.entries()) profiles[index].add(column);
    done += rows;
    yield { chunk: { rows, columns: typed }, done };
  }
}

function checkTypes(types: Readonly<Record<string, FieldType>>, file: RecordFile): void {
  for (const [name, type] of Object.entries(types)) {
    const place = { file: file.name, column: name };
    if (!file.names.includes(name)) {
      const advice = `The columns are: ${listed(file.names)}.`;
      throw new InputError('missing-column', `A type is given for "${name}", which ${file.name} does not have.`, { advice, place });
    }
    if (fieldTypes.includes(type)) continue;
    throw new InputError('unknown-type', `"${type}", given for column "${name}", is not a type.`, {
      advice: `The types are: ${listed(fieldTypes)}.`,
      place,
    });
  }
}
