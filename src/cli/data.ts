/** `benchwright data DATA`: what is in a table, or in a folder of pictures. */
import { createDataServices } from '../host/data-services.js';
import { readBuiltin } from '../host/node/builtin.js';
import { loadDecoder } from '../host/node/decoder.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { Field } from '../spec/field.js';
import { createMemoryStore } from '../storage/memory.js';
import type { DataAnswer } from './answers.js';
import type { Command } from './command.js';
import { importData } from './import-data.js';
import { jsonOption } from './parse.js';
import { aligned } from './table-text.js';

export const data: Command = {
  name: 'data',
  summary: 'what is in a table or in pictures: columns, types, missing values, warnings',
  positionals: ['DATA'],
  options: { ...jsonOption },
  async run({ positionals: [given] }, context) {
    const { datasets } = createDataServices({ store: createMemoryStore(), readBuiltin, loadDecoder });
    const record = await importData(datasets, given, context);
    await context.output.answer(answerOf(record), textOf(record));
  },
};

const answerOf = ({ name, rows, fields, warnings, suggestedTarget, hash, origin }: DatasetRecord): DataAnswer => ({
  name,
  rows,
  columns: fields,
  warnings,
  ...(suggestedTarget === undefined ? {} : { suggestedTarget }),
  hash,
  origin,
});

function textOf(record: DatasetRecord): string {
  const rows = record.fields.map((field) => [field.name, field.type, String(field.missing), String(field.distinct), valuesOf(field)]);
  return [
    `${record.name}: ${record.rows} rows, ${record.fields.length} columns`,
    '',
    aligned([['column', 'type', 'missing', 'distinct', 'values'], ...rows]),
    ...(record.suggestedTarget === undefined ? [] : ['', `Likely target: ${record.suggestedTarget}`]),
    ...record.warnings.map((warning) => `\nWarning: ${warning.message} ${warning.advice}`),
  ].join('\n');
}

function valuesOf({ type, range, top, picture }: Field): string {
  if (picture) return `${picture.height} × ${picture.width}, ${picture.channels === 1 ? 'grey' : 'in colour'}`;
  if (range) {
    const text = (value: number): string => (type === 'datetime' ? new Date(value).toISOString() : String(Number(value.toPrecision(6))));
    return `${text(range.minimum)} … ${text(range.maximum)}`;
  }
  return (top ?? [])
    .slice(0, 3)
    .map(({ value }) => (value.length > 20 ? `${value.slice(0, 19)}…` : value))
    .join(', ');
}
