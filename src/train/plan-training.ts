/** What a training would be given: its rows read, divided and prepared, and nothing learnt from them. */
import { drained } from '../base/drained.js';
import { asVersion } from '../data/versions/history.js';
import { TrainingSpec } from '../spec/training.js';
import { validate } from '../spec/validate.js';
import { datasetRecord } from './load.js';
import { openSubject } from './open-subject.js';
import type { TrainerParts } from './train-run.js';
import type { TrainingPlan, TrainingRequest } from './trainer.js';

export async function planTraining(parts: TrainerParts, request: TrainingRequest, signal?: AbortSignal): Promise<TrainingPlan> {
  const { store, limits } = parts;
  const spec = validate(TrainingSpec, request.spec, 'training-spec');
  const record = asVersion(await datasetRecord(store, request.dataset), request.version);
  const test = request.testDataset === undefined ? undefined : await datasetRecord(store, request.testDataset);
  const { prepare } = await openSubject(parts, { record, spec, seed: spec.seed ?? 0, test, limits }, signal);
  const { facts, pipeline } = await drained(prepare(signal));
  return { facts, embedded: pipeline.steps.filter(({ kind }) => kind === 'embedding').map(({ column }) => column) };
}
