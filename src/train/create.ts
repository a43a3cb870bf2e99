/** The trainer over a store and the devices of this thread. */

import { Claims } from '../base/claims.js';
import { InputError } from '../base/errors.js';
import { newIdentifier } from '../base/identifier.js';
import type { RunInsight } from '../spec/insight.js';
import type { RateFinding, RateSearch } from '../spec/learning-rate.js';
import type { CrossValidationReport } from '../spec/report.js';
import type { RunMarks, RunRecord } from '../spec/run.js';
import { TrainingRequestNames } from '../spec/training-request.js';
import { validate } from '../spec/validate.js';
import { crossValidation } from './cross-validate.js';
import { planTraining } from './plan-training.js';
import { findLearningRate } from './rates/find.js';
import { Runs } from './runs.js';
import { type TrainerParts, trainRun } from './train-run.js';
import type { RateEvent, Trainer, TrainingEvent, TrainingPlan, TrainingRequest, TrainingSignals } from './trainer.js';

export function createTrainer(parts: TrainerParts): Trainer {
  return new StoredTrainer(parts);
}

class StoredTrainer implements Trainer {
  readonly #parts: TrainerParts;
  readonly #claims = new Claims('benchwright run ', alreadyActive);
  readonly #runs: Runs;

  constructor(parts: TrainerParts) {
    this.#parts = parts;
    this.#runs = new Runs(parts.store, this.#claims);
  }

  async *train(request: TrainingRequest, signals?: TrainingSignals): AsyncGenerator<TrainingEvent, RunRecord> {
    checkRequest(request);
    const id = request.resume ?? newIdentifier();
    const release = await this.#claims.claim(id);
    try {
      const earlier = request.resume === undefined ? undefined : await this.#runs.get(id);
      if (earlier?.status === 'finished' || earlier?.status === 'stopped') return earlier;
      return yield* trainRun(this.#parts, id, request, signals, earlier);
    } finally {
      release();
    }
  }

  async *crossValidate(
    request: TrainingRequest,
    folds: number,
    signals?: TrainingSignals,
  ): AsyncGenerator<TrainingEvent, CrossValidationReport> {
    checkRequest(request);
    return yield* crossValidation(this.#parts, request, folds, signals);
  }

  async *findLearningRate(
    request: TrainingRequest,
    search?: RateSearch,
    signals?: TrainingSignals,
  ): AsyncGenerator<RateEvent, RateFinding> {
    checkRequest(request);
    return yield* findLearningRate(this.#parts, request, search, signals);
  }

  async plan(request: TrainingRequest, signal?: AbortSignal): Promise<TrainingPlan> {
    checkRequest(request);
    return planTraining(this.#parts, request, signal);
  }

  runs(): Promise<RunRecord[]> {
    return this.#runs.list();
  }

  run(id: string): Promise<RunRecord> {
    return this.#runs.get(id);
  }

  insight(id: string): Promise<RunInsight | undefined> {
    return this.#runs.insight(id);
  }

  annotate(id: string, marks: RunMarks): Promise<RunRecord> {
    return this.#runs.annotate(id, marks);
  }

  remove(id: string): Promise<void> {
    return this.#runs.remove(id);
  }

  restore(id: string): Promise<void> {
    return this.#runs.restore(id);
  }
}

/** @throws InputError `invalid-training-request`, naming the field, what was given and what was expected */
function checkRequest(request: TrainingRequest): void {
  validate(TrainingRequestNames, request, 'training-request');
}

const alreadyActive = (run: string): InputError =>
  new InputError('run-active', `Run ${run} is being trained right now.`, {
    advice: 'Wait for it, or stop it where it was started.',
    place: { run },
  });
