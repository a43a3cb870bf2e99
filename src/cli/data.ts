/** `benchwright data DATA`: what is in a table, or in a folder of pictures. */
import type { Datasets } from '../data/datasets.js';
import { createDataServices } from '../host/data-services.js';
import { readBuiltin } from '../host/node/builtin.js';
import { loadDecoder } from '../host/node/decoder.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { Field } from '../spec/field.js';
import type { Profile } from '../spec/profile.js';
import { createMemoryStore } from '../storage/memory.js';
import type { DataAnswer } from './answers.js';
import type { Command, Context } from './command.js';
import { importData } from './import-data.js';
import { jsonOption } from './parse.js';
import { profileText } from './profile-text.js';
import { aligned, duration } from './table-text.js';

export const data: Command = {
  name: 'data',
  summary: 'what is in a table or in pictures: columns, types, missing values, what says most of the target, what to mend',
  positionals: ['DATA'],
  options: {
    target: { value: 'COL', description: 'what the other columns are set against (default: the likeliest)' },
    ...jsonOption,
  },
  async run({ positionals: [given], options }, context) {
    const { datasets } = createDataServices({ store: createMemoryStore(), readBuiltin, loadDecoder });
    const record = await importData(datasets, given, context);
    const profile = await profileOf(datasets, record, options.get('target'), context);
    await context.output.answer(answerOf(record, profile), textOf(record, profile));
  },
};

async function profileOf(
  datasets: Datasets,
  { id }: DatasetRecord,
  target: string | undefined,
  { output, signal }: Context,
): Promise<Profile> {
  const profiling = datasets.profile(id, target === undefined ? {} : { target }, signal);
  for (let next = await profiling.next(); ; next = await profiling.next()) {
    if (next.done) return next.value;
    const { rows, of, secondsLeft } = next.value;
    output.progress(`Profiling: ${rows} of ${of} rows, ${duration(secondsLeft)} left`);
  }
}

function answerOf({ name, rows, fields, warnings, suggestedTarget, hash, origin }: DatasetRecord, given: Profile): DataAnswer {
  const { columns, hash: _hash, rows: _rows, ...profile } = given;
  return {
    name,
    rows,
    columns: fields.map((field, index) => {
      const { name: _name, type: _type, reason: _reason, missing: _missing, ...known } = columns[index];
      return { ...field, profile: known };
    }),
    warnings,
    profile,
    ...(suggestedTarget === undefined ? {} : { suggestedTarget }),
    hash,
    origin,
  };
}

function textOf(record: DatasetRecord, profile: Profile): string {
  const rows = record.fields.map((field) => [field.name, field.type, String(field.missing), String(field.distinct), valuesOf(field)]);
  return [
    `${record.name}: ${record.rows} rows, ${record.fields.length} columns`,
    '',
    aligned([['column', 'type', 'missing', 'distinct', 'values'], ...rows]),
    profileText(profile),
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
