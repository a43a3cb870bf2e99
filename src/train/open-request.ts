/** What a request names, opened for who looks at it without keeping a run. */
import { asVersion } from '../data/versions/history.js';
import type { TrainingSpec } from '../spec/training.js';
import { datasetRecord } from './load.js';
import { type Opened, openSubject } from './open-subject.js';
import { type TrainerParts, testOf } from './train-run.js';
import type { TrainingRequest } from './trainer.js';

/** @throws InputError as `openSubject`, or about a dataset or a version that is not there; AbortError */
export async function openRequest(
  parts: TrainerParts,
  { dataset, version, testDataset }: TrainingRequest,
  spec: TrainingSpec,
  signal?: AbortSignal,
): Promise<Opened> {
  const { store, limits } = parts;
  const record = asVersion(await datasetRecord(store, dataset), version);
  const test = await testOf(store, testDataset);
  return openSubject(parts, { record, spec, seed: spec.seed ?? 0, test, limits }, signal);
}
