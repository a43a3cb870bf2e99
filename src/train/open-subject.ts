/** What is learnt from, in memory or left in the store: whoever trains need not know which. */
import type { DeviceOwner } from '../compute/devices.js';
import type { ReadBuiltin } from '../data/source.js';
import { openInferenceEngine } from '../infer/engine.js';
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
import type { Extractor } from './transfer/extractor.js';
import type { FeatureProgress } from './transfer/features.js';
import { openExtractor } from './transfer/open.js';
import { factsBehind, withFeatures } from './transfer/prepare.js';

export interface SubjectRequest {
  record: DatasetRecord;
  spec: TrainingSpec;
  seed: number;
  /** The test set, when it is a dataset of its own. */
  test?: DatasetRecord | undefined;
  limits?: MemoryLimits | undefined;
}

/** Where pictures are read by an extractor, its progress comes before what is prepared. */
export type Prepare = (signal?: AbortSignal) => AsyncGenerator<FeatureProgress, Prepared>;

export interface Opened {
  subject: Begun;
  prepare: Prepare;
  /** Of what `prepare` answers what is known without any picture going through the extractor. */
  plan: (signal?: AbortSignal) => Promise<Pick<Prepared, 'facts' | 'pipeline'>>;
}

export interface SubjectParts {
  store: Store;
  devices: DeviceOwner;
  readBuiltin: ReadBuiltin;
}

/** @throws InputError about the target, the columns or the rows, naming them; AbortError */
export async function openSubject(
  parts: SubjectParts,
  { record, spec, seed, test, limits = defaultLimits }: SubjectRequest,
  signal?: AbortSignal,
): Promise<Opened> {
  const { store } = parts;
  const extractor = await openExtractor(store, parts.readBuiltin, record, spec);
  if (staysStored(test ? [record, test] : [record], spec, limits)) {
    const subject = { ...(await streamedSubject(store, { record, spec, seed, test }, signal)), extractor };
    const whole = async (during?: AbortSignal) => prepareStreamed(subject, await partsOfSubject(subject, during), limits, during);
    return { subject, prepare: extracting(parts, extractor, whole), plan: planning(extractor, whole) };
  }
  const tested = test && (await loadDataset(store, test, signal));
  const subject = { ...subjectOf(await loadDataset(store, record, signal), spec, seed, tested), extractor };
  const whole = (during?: AbortSignal) => prepare(subject, divide(subject, subject.split), during);
  return { subject, prepare: extracting(parts, extractor, whole), plan: planning(extractor, whole) };
}

/** One division for each fold, each prepared when it is its turn. */
export async function openFolds(
  parts: SubjectParts,
  { record, spec, seed, folds, limits = defaultLimits }: SubjectRequest & { folds: number },
  signal?: AbortSignal,
): Promise<{ subject: Begun; folds: Prepare[] }> {
  const { store } = parts;
  const extractor = await openExtractor(store, parts.readBuiltin, record, spec);
  if (staysStored([record], spec, limits)) {
    const subject = { ...(await streamedSubject(store, { record, spec, seed }, signal)), extractor };
    const divisions = foldsOfSubject(subject, folds);
    return {
      subject,
      folds: divisions.map((rows) => extracting(parts, extractor, (during) => prepareStreamed(subject, rows(), limits, during))),
    };
  }
  const subject = { ...subjectOf(await loadDataset(store, record, signal), spec, seed), extractor };
  const divisions = divideIntoFolds(subject, subject.split, folds);
  return {
    subject,
    folds: divisions.map((division) => extracting(parts, extractor, (during) => prepare(subject, division, during))),
  };
}

type PrepareWhole = (signal?: AbortSignal) => Promise<Prepared>;

const planning =
  (extractor: Extractor | undefined, whole: PrepareWhole): Opened['plan'] =>
  async (signal) => {
    const prepared = await whole(signal);
    return { pipeline: prepared.pipeline, facts: extractor ? factsBehind(extractor, prepared) : prepared.facts };
  };

function extracting({ store, devices }: SubjectParts, extractor: Extractor | undefined, whole: PrepareWhole): Prepare {
  return async function* (signal) {
    const { pictures, ...prepared } = await whole(signal);
    if (!extractor || !pictures) return prepared;
    const engine = await openInferenceEngine(devices);
    return yield* withFeatures({ store, engine }, prepared, pictures, extractor, signal);
  };
}
