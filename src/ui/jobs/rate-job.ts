/** A search for a learning rate as the page follows it. */
import type { RateFinding, RatePoint } from '../../spec/learning-rate.js';
import type { RateEvent, Trainer, TrainingRequest } from '../../train/trainer.js';
import { stageWords } from '../words.js';
import { Job } from './job.js';
import type { Jobs } from './jobs.js';

export class RateJob extends Job<RateEvent, RateFinding> {
  readonly title = 'Searching for a learning rate';
  readonly request: TrainingRequest;
  points: readonly RatePoint[] = [];
  #steps = 0;
  #stage: Extract<RateEvent, { kind: 'stage' }>['stage'] = 'reading';
  readonly #trainer: Trainer;

  constructor(trainer: Trainer, request: TrainingRequest) {
    super();
    this.#trainer = trainer;
    this.request = request;
  }

  override get progress(): number | undefined {
    return this.#steps > 0 ? Math.min(1, this.points.length / this.#steps) : undefined;
  }

  override get detail(): string {
    return this.#stage === 'training' ? `Step ${this.points.length} of ${this.#steps} at most` : stageWords[this.#stage];
  }

  override get route(): string {
    return `#/train/${this.request.dataset}/${encodeURIComponent(this.request.spec.target)}`;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<RateEvent, RateFinding> {
    return this.#trainer.findLearningRate(this.request, {}, { signal });
  }

  protected override take(event: RateEvent): void {
    if (event.kind === 'stage') this.#stage = event.stage;
    else {
      this.#steps = event.steps;
      this.points = [...this.points, ...event.points];
    }
  }
}

/** The newest search for a table's column. */
export const rateSearch = (jobs: Jobs, dataset: string, target: string): RateJob | undefined =>
  jobs.of(RateJob).findLast(({ request }) => request.dataset === dataset && request.spec.target === target);
