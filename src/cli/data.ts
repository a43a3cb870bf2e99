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
import { queryOf, queryOptions } from './lake-data.js';
import { jsonOption } from './parse.js';
import { profileText } from './profile-text.js';
import { aligned, byteCount, duration } from './table-text.js';
import { formatOfFile, writeData } from './write-data.js';

export const data: Command = {
  name: 'data',
  summary: 'what is in a table or in pictures: columns, types, missing values, what says most of the target, what to mend',
  positionals: ['DATA'],
  options: {
    target: { value: 'COL', description: 'what the other columns are set against (default: the likeliest)' },
    ...queryOptions,
    out: { value: 'FILE', description: 'write the rows there too: FILE.parquet, FILE.csv or FILE.ndjson' },
    ...jsonOption,
  },
  async run(given, context) {
    const query = queryOf(given);
    const out = given.options.get('out');
    if (out !== undefined) formatOfFile(out);
    const rooms = createDataServices({ store: createMemoryStore(), readBuiltin, loadDecoder });
    const record = await importData(rooms, given.positionals[0], context, {}, query);
    if (out !== undefined) await writeData(rooms.datasets, record, out, context);
    const profile = await profileOf(rooms.datasets, record, given.options.get('target'), context);
    const written = out === undefined ? '' : `\n\nWritten to ${out}`;
    await context.output.answer(
      { ...answerOf(record, profile), ...(out === undefined ? {} : { out }) },
      `${textOf(record, profile)}${written}`,
    );
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
    ...readOf(record),
    '',
    aligned([['column', 'type', 'missing', 'distinct', 'values'], ...rows]),
    profileText(profile),
    ...record.warnings.map((warning) => `\nWarning: ${warning.message} ${warning.advice}`),
  ].join('\n');
}

/** Of a lake: how much of it had to be read. */
function readOf({ origin: { lake } }: DatasetRecord): string[] {
  if (!lake) return [];
  const files = `${lake.files.length} ${lake.files.length === 1 ? 'file' : 'files'}`;
  return [`Read ${byteCount(lake.bytesRead)} of ${byteCount(lake.bytes)} in ${files}, ${lake.requests} requests after the footers`];
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
