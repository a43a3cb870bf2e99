/** What is decided about stored rows before they are prepared: the task, the shares, and the part of each row. */
import { decideTask, targetField } from '../../data/task.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Store } from '../../storage/store.js';
import { defaultSplit } from '../division.js';
import { askedSplit, requireOthers, type Subject, warningsOf } from '../prepare.js';
import { type Divisors, divideStreamed, readDivisors } from './divide.js';
import { largestShare } from './limits.js';
import { noPart, type StoredRows } from './stored-rows.js';

/** As a subject in memory, but for the rows themselves. */
export interface StreamedSubject extends Pick<Subject, 'record' | 'spec' | 'task' | 'target' | 'seed' | 'split' | 'warnings'> {
  store: Store;
  by: Divisors;
  test?: StoredRows;
}

/** @throws InputError about the target, the columns or the rows, naming them; AbortError */
export async function streamedSubject(
  store: Store,
  { record, spec, seed, test }: { record: DatasetRecord; spec: TrainingSpec; seed: number; test?: DatasetRecord | undefined },
  signal?: AbortSignal,
): Promise<StreamedSubject> {
  const { target } = spec;
  const { task } = decideTask(targetField(record.fields, target), spec.task);
  const asked = askedSplit(record, spec, test);
  requireOthers(record, spec, asked);
  const by = await readDivisors(store, record, { target, task, split: asked }, signal);
  const { validation, test: held, ...rest } = defaultSplit(by.rows, asked);
  const split = {
    ...rest,
    validation: asked.validation ?? largestShare(validation, by.rows),
    test: asked.test ?? largestShare(held, by.rows),
  };
  const warnings = warningsOf({ missing: record.rows - by.rows, target, split, test });
  const tested = test ? { test: { store, record: test, parts: await withTarget(store, test, spec, signal) } } : {};
  return { store, record, spec, task, target, seed, split, warnings, by, ...tested };
}

/** Every row of a test dataset that has a target tests. */
async function withTarget(store: Store, record: DatasetRecord, { target }: TrainingSpec, signal?: AbortSignal): Promise<Uint8Array> {
  const { hasTarget } = await readDivisors(store, record, { target, task: 'regression', split: {} }, signal);
  return hasTarget.map((has) => (has ? 2 : noPart));
}

export const partsOfSubject = ({ by, split, seed }: StreamedSubject, signal?: AbortSignal): Promise<Uint8Array> =>
  divideStreamed(by, split, seed, signal);
