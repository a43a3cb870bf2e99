/** The first reading of a table: what each of its columns holds, from all of its rows and in bounded memory. */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import type { DateForm } from '../spec/date-form.js';
import type { FieldType } from '../spec/field-type.js';
import { isNumeric } from '../spec/field-type.js';
import { type Decision, decide, orderOf } from './columns/decide.js';
import { ColumnEvidence } from './columns/evidence.js';
import type { Reading, TableFile } from './sources/table-file.js';

export interface Learning {
  rows: number;
  bytes: number;
}

/**
 * Yields how far it is. Numbers are taken for numbers at once; where it turns out that they are not, such as codes with leading zeros in a
 * later row, these columns are read again as texts.
 * @param known types that somebody wants, whatever the values look like, and how dates are written where the values do not tell
 */
export async function* learn(
  file: TableFile,
  { types, dates }: { types: Readonly<Record<string, FieldType>>; dates: Readonly<Record<string, DateForm>> },
  signal?: AbortSignal,
): AsyncGenerator<Learning, { decisions: Decision[]; rows: number }> {
  const asked = file.names.map((name, index) => (Object.hasOwn(types, name) ? types[name] : file.declared?.[index]));
  const byUser = file.names.map((name) => Object.hasOwn(types, name));
  const readings = asked.map((type): Reading => (type === undefined || isNumeric(type) ? { as: 'guess' } : { as: 'text' }));
  const first = yield* gather(file, readings, signal);
  const order = orderOf(first.evidence);
  const before = file.names.map((name) => (Object.hasOwn(dates, name) ? dates[name] : undefined));
  const conclude = (evidence: ColumnEvidence, index: number): Decision =>
    decide(file.names[index], evidence, file.name, asked[index], byUser[index], before[index] ?? order);
  const decisions = first.evidence.map(conclude);
  const again = decisions.map(({ type }, index) => {
    const { numberRows, rows } = first.evidence[index];
    return !isNumeric(type) && numberRows > 0 && numberRows < rows;
  });
  if (again.includes(true)) {
    const second = yield* gather(
      file,
      again.map((needed): Reading => ({ as: needed ? 'text' : 'skip' })),
      signal,
    );
    for (const [index, needed] of again.entries()) if (needed) decisions[index] = conclude(second.evidence[index], index);
  }
  return { decisions, rows: first.rows };
}

async function* gather(
  file: TableFile,
  readings: readonly Reading[],
  signal?: AbortSignal,
): AsyncGenerator<Learning, { evidence: ColumnEvidence[]; rows: number }> {
  const evidence = file.names.map(() => new ColumnEvidence(file.names.length, file.numberFormats));
  let rows = 0;
  for await (const batch of file.batches(readings)) {
    for (const [index, column] of batch.columns.entries()) {
      if (readings[index].as === 'skip') continue;
      if (column.kind === 'number') evidence[index].addNumbers(column);
      else if (column.kind === 'text') evidence[index].addTexts(column, batch.lines);
    }
    rows += batch.rows;
    yield { rows, bytes: batch.bytes };
    await yieldToEventLoop();
    throwIfAborted(signal);
  }
  return { evidence, rows };
}
