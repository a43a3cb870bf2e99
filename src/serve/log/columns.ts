/** Logged requests as columns, as they are kept: what every row has, then its inputs and its outputs. */

import { sha256 } from '../../base/hash.js';
import { joinedBytes } from '../../base/joined.js';
import { textColumn } from '../../data/columns/text.js';
import { rawRowsToTable } from '../../data/rows.js';
import type { Column, Picture, TableChunk } from '../../data/table.js';
import type { RawRow } from '../../infer/models.js';
import type { Field } from '../../spec/field.js';
import { type FieldType, isNumeric } from '../../spec/field-type.js';
import type { LogForm, LogSettings } from '../../spec/prediction-log.js';
import { columnField, commonFields, hashOfUnit, inputPrefix, outputPrefix } from './fields.js';
import type { LoggedRequest, LogSubject, Outcome } from './prediction.js';

export function formOf(version: number, subject: LogSubject, inputs: LogSettings['inputs']): LogForm {
  const typeOf = ({ type }: Field): FieldType =>
    type === 'picture' ? 'text' : type === 'datetime' ? type : isNumeric(type) ? 'number' : 'category';
  const kept = inputs === 'values' ? subject.fields.map((field) => columnField(inputPrefix + field.name, typeOf(field))) : [];
  const hash = inputs === 'hash' ? [columnField('inputs', 'text')] : [];
  const outputs = subject.outputs.map(({ name, kind }) => columnField(outputPrefix + name, kind === 'number' ? 'number' : 'category'));
  return { version, model: subject.id, fields: [...commonFields, ...hash, ...kept, ...outputs] };
}

/** @param requests of one form */
export async function chunkOf(requests: readonly LoggedRequest[], form: LogForm, inputs: LogSettings['inputs']): Promise<TableChunk> {
  const rows = requests.flatMap((request) => request.rows.map((row, index) => ({ request, row, index })));
  const texts = (of: (each: (typeof rows)[number]) => string | undefined): Column => textColumn(rows.map(of));
  const numbers = (of: (each: (typeof rows)[number]) => number): Column => ({ kind: 'number', values: Float64Array.from(rows, of) });
  const units = new Map<string, string>();
  for (const { unit } of requests) if (unit !== undefined && !units.has(unit)) units.set(unit, await hashOfUnit(unit));
  const columns: Column[] = [
    texts(({ request }) => request.id),
    numbers(({ index }) => index + 1),
    numbers(({ request }) => request.time),
    numbers(({ request }) => request.version),
    texts(({ request }) => request.arm),
    texts(({ request }) => (request.unit === undefined ? undefined : units.get(request.unit))),
    numbers(({ request }) => request.latency),
  ];
  const { subject } = requests[0];
  if (inputs === 'hash') {
    const hashes = await Promise.all(rows.map(({ row }) => hashOfRow(subject, row)));
    columns.push(textColumn(hashes));
  }
  if (inputs === 'values')
    columns.push(
      ...(await inputColumns(
        subject,
        rows.map(({ row }) => row),
      )),
    );
  for (const [index, { kind }] of subject.outputs.entries()) {
    const value = ({ request, index: row }: (typeof rows)[number]) => request.served.columns[index].values[row];
    columns.push(kind === 'number' ? numbers((each) => Number(value(each))) : texts((each) => String(value(each))));
  }
  if (columns.length !== form.fields.length) throw new TypeError('A request has other columns than its form.');
  return { rows: rows.length, columns };
}

/** As the model saw them; a picture is told by its hash alone. */
async function inputColumns({ fields }: LogSubject, rows: readonly RawRow[]): Promise<Column[]> {
  const { columns } = rawRowsToTable(
    fields.filter(({ type }) => type !== 'picture'),
    rows,
  );
  let next = 0;
  const all: Column[] = [];
  for (const { name, type } of fields) {
    if (type !== 'picture') all.push(columns[next++]);
    else all.push(textColumn(await Promise.all(rows.map((row) => hashOfPicture(row[name] as Picture)))));
  }
  return all;
}

async function hashOfRow({ fields }: LogSubject, row: RawRow): Promise<string> {
  const values: unknown[] = [];
  for (const { name, type } of fields) values.push(type === 'picture' ? await hashOfPicture(row[name] as Picture) : row[name]);
  return sha256(JSON.stringify(values));
}

const hashOfPicture = ({ height, width, channels, pixels }: Picture): Promise<string> => {
  const size = new TextEncoder().encode(`${height} ${width} ${channels}\n`);
  return sha256(joinedBytes([size, new Uint8Array(pixels)]));
};

export function outcomesChunk(outcomes: readonly (Outcome & { time: number })[]): TableChunk {
  return {
    rows: outcomes.length,
    columns: [
      textColumn(outcomes.map(({ id }) => id)),
      { kind: 'number', values: Float64Array.from(outcomes, ({ row = 1 }) => row) },
      { kind: 'number', values: Float64Array.from(outcomes, ({ time }) => time) },
      textColumn(outcomes.map(({ event }) => event)),
      { kind: 'number', values: Float64Array.from(outcomes, ({ value = 1 }) => value) },
    ],
  };
}
