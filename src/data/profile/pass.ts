/** The one pass over a dataset's chunks: each column's sketches, equal rows, missing values together, and a sample of rows. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { Profile, ProfiledColumn, Repeats } from '../../spec/profile.js';
import { RepeatedHashes } from '../../stats/repeated-hashes.js';
import type { Store } from '../../storage/store.js';
import { readChunks } from '../chunks.js';
import type { ProfileProgress } from '../datasets.js';
import { rowHashes, WholeRows } from './chunk-hashes.js';
import { ColumnPass } from './column-pass.js';
import { MissingPatterns } from './missing-patterns.js';
import { RowSample } from './row-sample.js';

/** Milliseconds after which the thread is given back. */
const slice = 30;
const toldEvery = 100;
const examples = 5;

/** All that does not depend on a target. */
export interface Overview {
  columns: ProfiledColumn[];
  duplicates: Profile['duplicates'];
  missing: Profile['missing'];
}

/** The rows that pairs of columns are measured on. */
export interface Sample {
  columns: Float64Array[];
  /** Of each row in the table, from 0. */
  positions: Float64Array;
  /** Whether a column's values are quantities or numbered identifiers; the others are hashes of texts. */
  ordered: boolean[];
}

export async function* passOver(
  store: Store,
  record: DatasetRecord,
  signal?: AbortSignal,
): AsyncGenerator<ProfileProgress, { overview: Overview; sample: Sample }> {
  const { fields, rows } = record;
  const columns = fields.map((field) => new ColumnPass(field, fields.length));
  const repeats = new RepeatedHashes();
  const isIdentifier = fields.map(({ type }) => type === 'identifier');
  const hasIdentifiers = isIdentifier.includes(true) && isIdentifier.includes(false);
  const beside = hasIdentifiers ? new RepeatedHashes() : undefined;
  const patterns = new MissingPatterns(fields);
  const sample = new RowSample(fields, rows);
  const started = milliseconds();
  let [told, rested, done] = [started, started, 0];
  const rest = async (): Promise<void> => {
    if (milliseconds() - rested < slice) return;
    await yieldToEventLoop();
    throwIfAborted(signal);
    rested = milliseconds();
  };
  for await (const chunk of readChunks(store, record, signal)) {
    const whole = new WholeRows(chunk.rows);
    const others = new WholeRows(beside ? chunk.rows : 0);
    const taken = sample.next(chunk);
    for (const [index, column] of chunk.columns.entries()) {
      const hashes = rowHashes(column, chunk.rows);
      whole.mix(hashes);
      if (beside && !isIdentifier[index]) others.mix(hashes);
      columns[index].add(column, hashes);
      sample.take(index, column, hashes, taken);
      await rest();
    }
    repeats.add(whole.one, whole.other);
    beside?.add(others.one, others.other);
    patterns.add(chunk);
    done += chunk.rows;
    await rest();
    if (milliseconds() - told < toldEvery) continue;
    told = milliseconds();
    yield { rows: done, of: rows, secondsLeft: (((told - started) / done) * (rows - done)) / 1000 };
  }
  const complete = sample.positions.length === rows;
  const profiled: ProfiledColumn[] = [];
  for (const [index, column] of columns.entries()) {
    profiled.push(column.profile(sample.columns[index], complete));
    await rest();
  }
  const duplicates: Profile['duplicates'] = repeatsOf(repeats);
  if (beside) duplicates.besideIdentifiers = repeatsOf(beside);
  return {
    overview: { columns: profiled, duplicates, missing: patterns.result() },
    sample: { columns: sample.columns, positions: sample.positions, ordered: sample.ordered },
  };
}

function repeatsOf(repeats: RepeatedHashes): Repeats {
  const { rows, error, examples: found } = repeats.repeated(examples);
  return { rows, error, examples: found.map(({ first, count }) => ({ row: first + 1, count })) };
}
