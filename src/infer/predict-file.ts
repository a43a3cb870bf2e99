/** A file in, a CSV out: batch by batch, so that a file of any length fits in memory. */
import { yieldToEventLoop } from '../base/abort.js';
import { milliseconds } from '../base/clock.js';
import { csvLine } from '../data/export/csv-cell.js';
import { type OpenRowsOptions, openRows } from '../data/open-rows.js';
import type { Source } from '../data/source.js';
import { answeredColumns } from './answered-columns.js';
import type { FilePrediction } from './models.js';
import type { Predictor } from './predictor.js';
import { answerForm } from './targets/table.js';

/**
 * The file's own columns (of a picture its path or number), then those of the target's answers, `prediction` first. Columns that the file already has by
 * these names stay as they are; ours then get a number, as in `prediction_2`.
 * @throws InputError naming file, row and column; AbortError
 */
export async function* predictRecords(
  predictor: Predictor,
  source: Source,
  options: OpenRowsOptions,
): AsyncGenerator<FilePrediction, { rows: number }> {
  const file = await openRows(source, predictor.record.fields, options);
  const { target } = predictor.record.pipeline;
  const own = answerForm(target)
    .columns(target)
    .map(({ name }) => name);
  const started = milliseconds();
  let rows = 0;
  try {
    let head = csvLine([...file.names, ...freeNames(own, file.names)]);
    for await (const batch of file.batches) {
      const answers = answeredColumns(target, await predictor.answer(batch.table, options.signal));
      const lines = batch.cells.map((cells, row) => csvLine([...cells, ...answers.map(({ values }) => String(values[row]))]));
      const csv = head + lines.join('');
      head = '';
      rows += batch.cells.length;
      const { bytes } = batch;
      yield {
        rows,
        bytes,
        ...(file.size === undefined ? {} : { size: file.size, secondsLeft: secondsLeft(started, bytes, file.size) }),
        csv,
        answers: answers.map(({ name, values }) => ({ name, values })),
      };
      await yieldToEventLoop();
    }
    return { rows };
  } finally {
    await file.close();
  }
}

/** Names that are not taken: of two columns with one name, nobody could say which is ours. */
function freeNames(wanted: readonly string[], taken: readonly string[]): string[] {
  const names = new Set(taken);
  return wanted.map((name) => {
    let free = name;
    for (let number = 2; names.has(free); number++) free = `${name}_${number}`;
    names.add(free);
    return free;
  });
}

const secondsLeft = (started: number, bytes: number, size: number): number =>
  bytes === 0 ? 0 : (((milliseconds() - started) / 1000) * Math.max(0, size - bytes)) / bytes;
