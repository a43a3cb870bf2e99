/** `benchwright data DATA --out FILE`: what was read, written as Parquet, CSV or NDJSON. */
import { InputError } from '../base/errors.js';
import type { Datasets, ExportFormat } from '../data/datasets.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { Context } from './command.js';
import { duration } from './table-text.js';
import { wholeFile } from './whole-file.js';

const formats: ReadonlyMap<string, ExportFormat> = new Map([
  ['parquet', 'parquet'],
  ['csv', 'csv'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
]);

/** By the file's ending. @throws InputError `unknown-format` */
export function formatOfFile(path: string): ExportFormat {
  const format = formats.get(/\.([a-z]+)$/i.exec(path)?.[1].toLowerCase() ?? '');
  if (format) return format;
  throw new InputError('unknown-format', `"${path}" does not end as a file that can be written does.`, {
    advice: 'Give FILE.parquet, FILE.csv or FILE.ndjson.',
    place: { option: '--out' },
  });
}

export async function writeData(datasets: Datasets, { id }: DatasetRecord, path: string, { output, signal }: Context): Promise<void> {
  const pieces = datasets.export(id, formatOfFile(path), signal);
  await wholeFile(path, bytes());

  async function* bytes(): AsyncGenerator<Uint8Array, number> {
    for (let next = await pieces.next(); ; next = await pieces.next()) {
      if (next.done) return next.value.rows;
      const { rows, secondsLeft } = next.value;
      output.progress(`Writing ${path}: ${rows} rows${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`);
      yield next.value.bytes;
    }
  }
}
