/**
 * A source as typed columns in bounded memory: read once to find out the types from all of it, and once to keep the values. Where a schema
 * is already there, as for a file to predict, `fixed.ts` reads by that.
 */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { InputError } from '../base/errors.js';
import type { Warning } from '../spec/dataset.js';
import type { Field } from '../spec/field.js';
import { type FieldType, fieldTypes, isNumeric } from '../spec/field-type.js';
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
}

export type ReadEvent =
  /** So much has been read. `share` of the whole work is done, where the size is known. */
  | { kind: 'progress'; rows: number; bytes: number; size?: number; share?: number }
  /** `after` is where reading can go on. */
  | { kind: 'chunk'; chunk: TableChunk; rows: number; share: number; after?: Position };

export interface ReadResult {
  name: string;
  rows: number;
  bytes: number;
  fields: Field[];
  warnings: Warning[];
}

/** Share of the time that goes into learning what there is; the rest keeps it. Measured on a table of numbers and texts, 1 GB. */
const learningShare = 0.4;

/** First only progress, then what was decided, then every chunk in row order, then what is known of the whole. @throws as the source's format does */
export async function* readTable(file: TableFile, options: ReadOptions): AsyncGenerator<ReadEvent, ReadResult> {
  const { types = {}, signal } = options;
  try {
    checkTypes(types, file);
    const learning = learn(file, types, signal);
    let known: { decisions: Decision[]; rows: number };
    for (;;) {
      const next = await learning.next();
      if (next.done) {
        known = next.value;
        break;
      }
      const share = file.size ? Math.min(1, next.value.bytes / file.size) * learningShare : undefined;
      yield { kind: 'progress', ...next.value, size: file.size, share };
    }
    const { decisions, rows } = known;
    const profiles = decisions.map(({ type }) => new ColumnProfile(type, decisions.length));
    let [done, bytes] = [0, 0];
    for await (const batch of file.batches(decisions.map(readingOf))) {
      for (const [index, column] of batch.columns.entries()) profiles[index].add(column);
      done += batch.rows;
      bytes = batch.bytes;
      const share = learningShare + (1 - learningShare) * (done / rows);
      yield { kind: 'chunk', chunk: { rows: batch.rows, columns: batch.columns }, rows: done, share, after: batch.after };
      await yieldToEventLoop();
      throwIfAborted(signal);
    }
    const fields = profiles.map((profile, index) => profile.field(file.names[index], decisions[index].reason));
    const warnings = limited([...file.warnings(), ...decisions.flatMap((decision) => decision.warnings), ...columnWarnings(fields, rows)]);
    return { name: file.name, rows, bytes, fields, warnings };
  } finally {
    await file.close();
  }
}

/** @throws as formats do */
export async function* readSource(source: Source, options: ReadOptions): AsyncGenerator<ReadEvent, ReadResult> {
  return yield* readTable(await openTable(source, options), options);
}

/** How a column of a known type is read. */
export function readingOf({ type, format }: Pick<Decision, 'type' | 'format'>): Reading {
  if (type === 'datetime') return { as: 'datetime' };
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
