/** What is learnt from, in memory or left in the store: whoever trains need not know which. */
import type { DatasetRecord } from '../spec/dataset.js';
import type { TrainingSpec } from '../spec/training.js';
import type { Store } from '../storage/store.js';
import { divide, divideIntoFolds } from './division.js';
import { loadDataset } from './load.js';
import { type Prepared, prepare, subjectOf } from './prepare.js';
import type { Begun } from './run-record.js';
import { foldsOfSubject } from './streamed/folds.js';
import { defaultLimits, type MemoryLimits, staysStored } from './streamed/limits.js';
import { prepareStreamed } from './streamed/prepare.js';
import { partsOfSubject, streamedSubject } from './streamed/subject.js';

export interface SubjectRequest {
  record: DatasetRecord;
  spec: TrainingSpec;
  seed: number;
  /** The test set, when it is a dataset of its own. */
  test?: DatasetRecord | undefined;
  limits?: MemoryLimits | undefined;
}

export type Prepare = (signal?: AbortSignal) => Promise<Prepared>;

/** @throws InputError about the target, the columns or the rows, naming them; AbortError */
export async function openSubject(
  store: Store,
  { record, spec, seed, test, limits = defaultLimits }: SubjectRequest,
  signal?: AbortSignal,
): Promise<{ subject: Begun; prepare: Prepare }> {
  if (staysStored(test ? [record, test] : [record], spec, limits)) {
    const subject = await streamedSubject(store, { record, spec, seed, test }, signal);
    return { subject, prepare: async (during) => prepareStreamed(subject, await partsOfSubject(subject, during), limits, during) };
  }
  const tested = test && (await loadDataset(store, test, signal));
  const subject = subjectOf(await loadDataset(store, record, signal), spec, seed, tested);
  return { subject, prepare: async (during) => prepare(subject, divide(subject, subject.split), during) };
}

/** One division for each fold, each prepared when it is its turn. */
export async function openFolds(
  store: Store,
  { record, spec, seed, folds, limits = defaultLimits }: SubjectRequest & { folds: number },
  signal?: AbortSignal,
): Promise<{ subject: Begun; folds: Prepare[] }> {
  if (staysStored([record], spec, limits)) {
    const subject = await streamedSubject(store, { record, spec, seed }, signal);
    const divisions = foldsOfSubject(subject, folds);
    return { subject, folds: divisions.map((parts) => (during) => prepareStreamed(subject, parts(), limits, during)) };
  }
  const subject = subjectOf(await loadDataset(store, record, signal), spec, seed);
  return {
    subject,
    folds: divideIntoFolds(subject, subject.split, folds).map((division) => (during) => prepare(subject, division, during)),
  };
}
