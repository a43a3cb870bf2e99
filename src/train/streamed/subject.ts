/** What is decided about stored rows before they are prepared: the task, the shares, and the part of each row. */
import { taskFor } from '../../data/task.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { Task } from '../../spec/task.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Store } from '../../storage/store.js';
import { defaultSplit } from '../division.js';
import { askedSplit, inOrder, requireOthers, type Subject, warningsOf } from '../prepare.js';
import { type Divisors, divideStreamed, readDivisors } from './divide.js';
import { type FramedTable, framedTable } from './framed-table.js';
import { largestShare } from './limits.js';
import { noPart, type StoredRows } from './stored-rows.js';
import { type StoredTable, storedTable } from './stored-table.js';

/** As a subject in memory, but for the rows themselves. */
export interface StreamedSubject
  extends Pick<Subject, 'record' | 'spec' | 'task' | 'target' | 'seed' | 'split' | 'warnings' | 'extractor'> {
  table: StoredTable;
  /** The same table, where it is a time series. */
  framed?: FramedTable;
  by: Divisors;
  test?: StoredRows & { record: DatasetRecord };
}

/** @throws InputError about the target, the columns or the rows, naming them; AbortError */
export async function streamedSubject(
  store: Store,
  { record, spec, seed, test }: { record: DatasetRecord; spec: TrainingSpec; seed: number; test?: DatasetRecord | undefined },
  signal?: AbortSignal,
): Promise<StreamedSubject> {
  const { target } = spec;
  const { task } = taskFor(record.fields, spec);
  const windows = spec.pipeline?.windows;
  const asked = inOrder(askedSplit(record, spec, test), windows);
  requireOthers(record, spec, asked);
  const plain = storedTable(store, record);
  const framed = windows && (await framedTable(plain, windows, target, signal));
  const table = framed ?? plain;
  const by = await readDivisors(table, { target, task, split: asked }, signal);
  const { validation, test: held, ...rest } = defaultSplit(by.rows, asked);
  const split = {
    ...rest,
    validation: asked.validation ?? largestShare(validation, by.rows),
    test: asked.test ?? largestShare(held, by.rows),
  };
  const warnings = warningsOf({ missing: windows ? 0 : record.rows - by.rows, target, split, test });
  const tested = test ? { test: { ...(await allTesting(storedTable(store, test), { ...spec, task }, signal)), record: test } } : {};
  return { table, ...(framed ? { framed } : {}), record, spec, task, target, seed, split, warnings, by, ...tested };
}

/** Every row of a test dataset that has a target tests. */
async function allTesting(
  plain: StoredTable,
  { target, task, pipeline }: TrainingSpec & { task: Task },
  signal?: AbortSignal,
): Promise<StoredRows> {
  const table = pipeline?.windows ? await framedTable(plain, pipeline.windows, target, signal) : plain;
  const { hasTarget } = await readDivisors(table, { target, task, split: {} }, signal);
  return { table, parts: hasTarget.map((has) => (has ? 2 : noPart)) };
}

export const partsOfSubject = ({ by, split, seed }: StreamedSubject, signal?: AbortSignal): Promise<Uint8Array> =>
  divideStreamed(by, split, seed, signal);
