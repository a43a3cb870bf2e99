/**
 * A source as typed columns in bounded memory: read once to find out the types from all of it, and once to keep the values. Where a schema
 * is already there, as for a file to predict, `fixed.ts` reads by that.
 */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { InputError, StorageError } from '../base/errors.js';
import type { Warning } from '../spec/dataset.js';
import type { DateForm } from '../spec/date-form.js';
import type { Field } from '../spec/field.js';
import { type FieldType, fieldTypes, isNumeric } from '../spec/field-type.js';
import type { Learnt } from '../spec/import.js';
import { listed } from './columns/access.js';
import type { Decision } from './columns/decide.js';
import { ColumnProfile } from './columns/profile.js';
import { learn } from './learn.js';
import type { Source } from './source.js';
import type { OpenOptions } from './sources/bytes.js';
import { openTable } from './sources/formats.js';
import type { Position, Reading, TableFile } from './sources/table-file.js';
import type { TableChunk } from './table.js';
import { columnWarnings, limited } from './warnings.js';

export interface ReadOptions extends OpenOptions {
  /** Overrides of inferred types, by column. */
  types?: Readonly<Record<string, FieldType>>;
  /** How dates are written, by column, where the file itself does not tell. */
  dates?: Readonly<Record<string, DateForm>> | undefined;
  /** Of an import that may have been cut off. */
  journal?: Journal;
}

/** What an earlier reading of the same source has left. */
export interface Journal {
  readonly record: { readonly learnt: Learnt; readonly after: Position };
  /** The rows that are kept already. */
  kept(): AsyncGenerator<TableChunk>;
  /** Gives them up. */
  reset(): Promise<void>;
}

export type ReadEvent =
  /** So much has been read. `share` of the whole work is done, where the size is known. */
  | { kind: 'progress'; rows: number; bytes: number; size?: number; share?: number }
  | { kind: 'learnt'; learnt: Learnt }
  /** `after` is where reading can go on. */
  | { kind: 'chunk'; chunk: TableChunk; rows: number; bytes?: number; size?: number; share: number; after?: Position };

export interface ReadResult {
  name: string;
  rows: number;
  bytes: number;
  fields: Field[];
  warnings: Warning[];
}

/** Share of the time that goes into learning what there is; the rest keeps it. Measured on a table of numbers and texts, 1 GB. */
const learningShare = 0.4;

/** First only progress, then what was learnt, then every chunk in row order, then what is known of the whole. @throws as the source's format does */
export async function* readTable(file: TableFile, options: ReadOptions): AsyncGenerator<ReadEvent, ReadResult> {
  const { types = {}, signal } = options;
  try {
    checkTypes(types, file);
    const begun = yield* earlier(file, options);
    const learnt = begun?.learnt ?? (yield* learnAll(file, options));
    const { decisions, rows } = learnt;
    const profiles = begun?.profiles ?? profilesOf(learnt);
    let done = begun?.after.row ?? 0;
    let bytes = 0;
    for await (const batch of file.batches(decisions.map(readingOf), begun?.after)) {
      for (const [index, column] of batch.columns.entries()) profiles[index].add(column);
      done += batch.rows;
      bytes = batch.bytes;
      const share = learningShare + (1 - learningShare) * (done / rows);
      const chunk = { rows: batch.rows, columns: batch.columns };
      yield { kind: 'chunk', chunk, rows: done, bytes, size: file.size, share, after: batch.after };
      await yieldToEventLoop();
      throwIfAborted(signal);
    }
    const fields = profiles.map((profile, index): Field => {
      const { reason, dates } = decisions[index];
      return { ...profile.field(file.names[index], reason), ...(dates ? { dates } : {}) };
    });
    const own = begun ? learnt.warnings : file.warnings();
    const warnings = limited([...own, ...decisions.flatMap((decision) => decision.warnings), ...columnWarnings(fields, rows)]);
    return { name: file.name, rows, bytes, fields, warnings };
  } finally {
    await file.close();
  }
}

const profilesOf = ({ decisions }: Learnt): ColumnProfile[] => decisions.map(({ type }) => new ColumnProfile(type, decisions.length));

async function* learnAll(file: TableFile, { types = {}, dates = {}, signal }: ReadOptions): AsyncGenerator<ReadEvent, Learnt> {
  const learning = learn(file, { types, dates }, signal);
  for (;;) {
    const next = await learning.next();
    if (next.done) {
      const learnt: Learnt = { names: [...file.names], ...next.value, warnings: file.warnings() };
      yield { kind: 'learnt', learnt };
      return learnt;
    }
    const share = file.size ? Math.min(1, next.value.bytes / file.size) * learningShare : undefined;
    yield { kind: 'progress', ...next.value, size: file.size, share };
  }
}

interface Begun {
  learnt: Learnt;
  after: Position;
  profiles: ColumnProfile[];
}

/** What an import that was cut off has kept, looked at once more: nothing where there is none, or where some of it is gone. */
async function* earlier(file: TableFile, { journal, signal }: ReadOptions): AsyncGenerator<ReadEvent, Begun | undefined> {
  const { learnt, after } = journal?.record ?? {};
  if (!journal || !learnt || !after || after.row === 0) return undefined;
  const profiles = profilesOf(learnt);
  try {
    if (learnt.names.join('\n') !== file.names.join('\n')) throw new StorageError('import-changed', 'The columns are others.');
    let rows = 0;
    for await (const chunk of journal.kept()) {
      for (const [index, column] of chunk.columns.entries()) profiles[index].add(column);
      rows += chunk.rows;
      yield { kind: 'progress', rows, bytes: 0, size: file.size };
      throwIfAborted(signal);
    }
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    await journal.reset();
    return undefined;
  }
  return { learnt, after, profiles };
}

/** @throws as formats do */
export async function* readSource(source: Source, options: ReadOptions): AsyncGenerator<ReadEvent, ReadResult> {
  return yield* readTable(await openTable(source, options), options);
}

/** How a column of a known type is read. */
export function readingOf({ type, format, dates }: Pick<Decision, 'type' | 'format' | 'dates'>): Reading {
  if (type === 'datetime') return { as: 'datetime', ...(dates ? { dates } : {}) };
  return isNumeric(type) ? { as: 'number', format } : { as: 'text' };
}

function checkTypes(types: Readonly<Record<string, FieldType>>, file: TableFile): void {
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
