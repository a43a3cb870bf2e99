/** Reads `DATA` into the session's memory, telling how far it is. */
import type { Datasets, ImportOptions } from '../data/datasets.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { Context } from './command.js';
import { openSource } from './source.js';
import { duration } from './table-text.js';

/** @throws InputError naming the file, row and column */
export async function importData(
  datasets: Datasets,
  given: string,
  { output, signal }: Context,
  options?: ImportOptions,
): Promise<DatasetRecord> {
  const source = await openSource(given);
  const reading = datasets.import(source, options, signal);
  for (let next = await reading.next(); ; next = await reading.next()) {
    if (next.done) return next.value;
    const { rows, share, secondsLeft } = next.value;
    const done = share === undefined ? '' : ` (${Math.round(100 * share)} %)`;
    output.progress(`Reading ${given}: ${rows} rows${done}${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`);
  }
}
