/** What a training would be given: its rows read, divided and prepared, and nothing learnt from them. */
import { TrainingSpec } from '../spec/training.js';
import { validate } from '../spec/validate.js';
import { openRequest } from './open-request.js';
import type { TrainerParts } from './train-run.js';
import type { TrainingPlan, TrainingRequest } from './trainer.js';

export async function planTraining(parts: TrainerParts, request: TrainingRequest, signal?: AbortSignal): Promise<TrainingPlan> {
  const spec = validate(TrainingSpec, request.spec, 'training-spec');
  const { plan } = await openRequest(parts, request, spec, signal);
  const { facts, pipeline } = await plan(signal);
  return {
    facts,
    lookedUp: pipeline.steps.flatMap(({ kind, column }) => (kind === 'embedding' || kind === 'tokens' ? [{ column, as: kind }] : [])),
  };
}
