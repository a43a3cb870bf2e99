/** Reads `DATA` into the session's memory, telling how far it is. */
import type { Datasets, ImportOptions } from '../data/datasets.js';
import type { Lake, LakeSource } from '../data/lake/lake.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { LakeQuery } from '../spec/lake.js';
import type { Context } from './command.js';
import { accessFromEnvironment, lakeAddress, lakeFiles } from './lake-data.js';
import { openSource } from './source.js';
import { byteCount, duration } from './table-text.js';

export interface DataRooms {
  datasets: Datasets;
  lake: Lake;
}

/**
 * @param query of a Parquet data set, what is wanted of it
 * @throws InputError naming the file, row and column
 */
export async function importData(
  { datasets, lake }: DataRooms,
  given: string,
  context: Context,
  options?: ImportOptions,
  query?: LakeQuery,
): Promise<DatasetRecord> {
  const { output, signal } = context;
  const address = lakeAddress(given);
  if (address) return importLake(lake, address, query ?? {}, context);
  const source = await openSource(given);
  const files = lakeFiles(source, query !== undefined);
  if (files) return importLake(lake, files, query ?? {}, context);
  const reading = datasets.import(source, options, signal);
  for (let next = await reading.next(); ; next = await reading.next()) {
    if (next.done) return next.value;
    const { rows, share, secondsLeft } = next.value;
    const done = share === undefined ? '' : ` (${Math.round(100 * share)} %)`;
    output.progress(`Reading ${given}: ${rows} rows${done}${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`);
  }
}

async function importLake(lake: Lake, source: LakeSource, query: LakeQuery, { output, signal }: Context): Promise<DatasetRecord> {
  const { id, name, files, bytes } = await lake.open(source, accessFromEnvironment(source), signal);
  const estimate = await lake.estimate(id, query);
  output.progress(
    `${name}: ${files} ${files === 1 ? 'file' : 'files'}, ${byteCount(bytes)}; ${byteCount(estimate.bytes)} of it will be read`,
  );
  const reading = lake.import(id, query, {}, signal);
  for (let next = await reading.next(); ; next = await reading.next()) {
    if (next.done) return next.value;
    const { rows, bytesRead, secondsLeft } = next.value;
    output.progress(
      `Reading ${name}: ${rows} rows, ${byteCount(bytesRead)}${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`,
    );
  }
}
