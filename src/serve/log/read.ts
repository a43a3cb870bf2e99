/** A log as a table: every row with the outcomes that came of it. */
import { throwIfAborted } from '../../base/abort.js';
import { decodeChunk } from '../../data/chunks.js';
import { textColumn } from '../../data/columns/text.js';
import type { Column, NumberColumn, Table, TableChunk, TextColumn } from '../../data/table.js';
import type { Field } from '../../spec/field.js';
import type { LogRecord } from '../../spec/prediction-log.js';
import type { Store } from '../../storage/store.js';
import { columnField, outcomePrefix } from './fields.js';

/** Events that are told apart; of more, the latest. */
const mostEvents = 50;

export interface LogRows {
  /** Of all versions together; a column that a version does not have is missing there. */
  fields: Field[];
  chunks: AsyncGenerator<TableChunk>;
}

/** Several outcomes of one row and event are summed. @param version the rows of this one only */
export async function readLog(store: Store, record: LogRecord, version?: number, signal?: AbortSignal): Promise<LogRows> {
  const outcomes = await readOutcomes(store, record, signal);
  const events = [...outcomes.keys()].slice(-mostEvents).sort();
  const used = record.chunks.filter(({ form }) => version === undefined || record.forms[form].version === version);
  const own = fieldsOf(record, new Set(used.map(({ form }) => form)));
  const fields = [...own, ...events.map((event) => columnField(outcomePrefix + event, 'number'))];
  async function* chunks(): AsyncGenerator<TableChunk> {
    for (const { ref, form } of [...used].sort((one, other) => one.from - other.from)) {
      throwIfAborted(signal);
      const chunk = decodeChunk(await store.getChunk(ref));
      const table: Table = { ...chunk, names: record.forms[form].fields.map(({ name }) => name) };
      const [ids, rows] = [column(table, 'id') as TextColumn, column(table, 'row') as NumberColumn];
      const late = events.map((event): Column => {
        const values = outcomes.get(event);
        const of = (row: number): number => values?.get(keyOf(ids.dictionary[ids.codes[row]], rows.values[row])) ?? Number.NaN;
        return { kind: 'number', values: Float64Array.from({ length: chunk.rows }, (_, row) => of(row)) };
      });
      yield { rows: chunk.rows, columns: [...own.map((field) => columnOrNone(table, field)), ...late] };
    }
  }
  return { fields, chunks: chunks() };
}

/** Sums by event, then by row. */
async function readOutcomes(store: Store, record: LogRecord, signal?: AbortSignal): Promise<Map<string, Map<string, number>>> {
  const found = new Map<string, Map<string, number>>();
  for (const { ref } of record.outcomes) {
    throwIfAborted(signal);
    const { rows, columns } = decodeChunk(await store.getChunk(ref));
    const [ids, places, , events, values] = columns as [TextColumn, NumberColumn, NumberColumn, TextColumn, NumberColumn];
    for (let row = 0; row < rows; row++) {
      const event = events.dictionary[events.codes[row]];
      const sums = found.get(event) ?? new Map<string, number>();
      found.set(event, sums);
      const key = keyOf(ids.dictionary[ids.codes[row]], places.values[row]);
      sums.set(key, (sums.get(key) ?? 0) + values.values[row]);
    }
  }
  return found;
}

const keyOf = (id: string, row: number): string => `${id}/${row}`;

const column = (table: Table, name: string): Column => table.columns[table.names.indexOf(name)];

/** A name that is a number in one version and a text in another is two columns. */
function fieldsOf({ forms }: LogRecord, used: ReadonlySet<number>): Field[] {
  const fields = new Map<string, Field>();
  for (const [index, form] of forms.entries()) {
    if (!used.has(index)) continue;
    for (const field of form.fields) fields.set(`${isText(field)} ${field.name}`, field);
  }
  return [...fields.values()].map((field) =>
    fields.has(`${!isText(field)} ${field.name}`) && isText(field) ? { ...field, name: textName(field.name) } : field,
  );
}

const isText = ({ type }: Field): boolean => type === 'text' || type === 'category';
const textName = (name: string): string => `${name} (text)`;

function columnOrNone(table: Table, field: Field): Column {
  const found = table.names.findIndex(
    (name, index) => (table.columns[index].kind === 'text') === isText(field) && (name === field.name || textName(name) === field.name),
  );
  if (found >= 0) return table.columns[found];
  const nothing = new Array<undefined>(table.rows).fill(undefined);
  return isText(field) ? textColumn(nothing) : { kind: 'number', values: new Float64Array(table.rows).fill(Number.NaN) };
}
