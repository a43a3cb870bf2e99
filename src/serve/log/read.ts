/** A log as a table: every row with the outcomes that came of it. */
import { throwIfAborted } from '../../base/abort.js';
import { decodeChunk } from '../../data/chunks.js';
import { textAt, textColumn } from '../../data/columns/text.js';
import type { Column, NumberColumn, TableChunk, TextColumn } from '../../data/table.js';
import type { Field } from '../../spec/field.js';
import type { LogRecord } from '../../spec/prediction-log.js';
import type { Store } from '../../storage/store.js';
import { columnField, outcomePrefix } from './fields.js';

/** Events that are told apart where none are asked for; of more, the latest. */
const mostEvents = 50;

/** Left out: all of it. */
export interface LogChoice {
  version?: number;
  events?: readonly string[];
}

export interface LogRows {
  /** Of all versions together; a column that a version does not have is missing there. */
  fields: Field[];
  chunks: AsyncGenerator<TableChunk>;
}

/** Several outcomes of one row and event are summed. */
export async function readLog(
  store: Store,
  record: LogRecord,
  { version, events: wanted }: LogChoice = {},
  signal?: AbortSignal,
): Promise<LogRows> {
  const outcomes = await readOutcomes(store, record, wanted && new Set(wanted), signal);
  const events = [...outcomes.keys()].slice(wanted ? 0 : -mostEvents).sort();
  const used = record.chunks.filter(({ form }) => version === undefined || record.forms[form].version === version);
  const forms = new Set(used.map(({ form }) => form));
  const own = fieldsOf(record, forms);
  const placed = new Map([...forms].map((form) => [form, own.map((field) => placeOf(record.forms[form].fields, field))]));
  const fields = [...own, ...events.map((event) => columnField(outcomePrefix + event, 'number'))];
  async function* chunks(): AsyncGenerator<TableChunk> {
    for (const { ref, form } of [...used].sort((one, other) => one.from - other.from)) {
      throwIfAborted(signal);
      const { rows, columns } = decodeChunk(await store.getChunk(ref));
      const [ids, places] = columns as [TextColumn, NumberColumn];
      const keys = Array.from(places.values, (place, row) => keyOf(textAt(ids, row), place));
      const late = events.map((event): Column => {
        const values = outcomes.get(event);
        return { kind: 'number', values: Float64Array.from(keys, (key) => values?.get(key) ?? Number.NaN) };
      });
      const there = placed.get(form)?.map((place, index) => columns[place] ?? noColumn(own[index], rows)) ?? [];
      yield { rows, columns: [...there, ...late] };
    }
  }
  return { fields, chunks: chunks() };
}

/** Sums by event, then by row. */
async function readOutcomes(
  store: Store,
  record: LogRecord,
  wanted: ReadonlySet<string> | undefined,
  signal: AbortSignal | undefined,
): Promise<Map<string, Map<string, number>>> {
  const found = new Map<string, Map<string, number>>();
  for (const { ref } of record.outcomes) {
    throwIfAborted(signal);
    const { rows, columns } = decodeChunk(await store.getChunk(ref));
    const [ids, places, , events, values] = columns as [TextColumn, NumberColumn, NumberColumn, TextColumn, NumberColumn];
    for (let row = 0; row < rows; row++) {
      const event = textAt(events, row) ?? '';
      if (wanted && !wanted.has(event)) continue;
      const sums = found.get(event) ?? new Map<string, number>();
      found.set(event, sums);
      const key = keyOf(textAt(ids, row), places.values[row]);
      sums.set(key, (sums.get(key) ?? 0) + values.values[row]);
    }
  }
  return found;
}

const keyOf = (id: string | undefined, row: number): string => `${id}/${row}`;

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

/** -1 where a form has no such column. */
const placeOf = (form: readonly Field[], field: Field): number =>
  form.findIndex((each) => isText(each) === isText(field) && (each.name === field.name || textName(each.name) === field.name));

const noColumn = (field: Field, rows: number): Column =>
  isText(field)
    ? textColumn(new Array<undefined>(rows).fill(undefined))
    : { kind: 'number', values: new Float64Array(rows).fill(Number.NaN) };
