/** One training as the page follows it: the latest of every event, and the whole curve. */
import type { Incident } from '../../spec/incident.js';
import type { InsightEpoch, RunInsight } from '../../spec/insight.js';
import type { CurvePoint, RunRecord, Scores } from '../../spec/run.js';
import { keepEpoch } from '../../train/insight/keep.js';
import type { Trainer, TrainingEvent, TrainingRequest, TrainingStage } from '../../train/trainer.js';
import { stageWords } from '../words.js';
import { Job } from './job.js';
import type { Jobs } from './jobs.js';

export type TrainingProgress = Extract<TrainingEvent, { kind: 'progress' }>;

export class TrainingJob extends Job<TrainingEvent, RunRecord> {
  override readonly kind = 'training';
  readonly title: string;
  readonly request: TrainingRequest;
  /** The run's identifier, once the trainer has given one. */
  run: string | undefined;
  stage: TrainingStage = 'reading';
  /** How far an extractor is through the pictures. */
  features: Extract<TrainingEvent, { kind: 'features' }> | undefined;
  latest: TrainingProgress | undefined;
  readonly curve: CurvePoint[] = [];
  bestEpoch: number | undefined;
  stopping = false;
  /** What was seen so far. */
  insight: RunInsight | undefined;
  /** Answers of the latest epoch. */
  answers: InsightEpoch | undefined;
  /** What went wrong and was mended, oldest first. */
  incidents: readonly Incident[] = [];
  readonly beside = new Map<'baseline' | 'linear', Pick<Scores, 'validation'>>();

  readonly #trainer: Trainer;
  readonly #stop = new AbortController();

  /** @param curve what a resumed run has told before */
  constructor(trainer: Trainer, request: TrainingRequest, title: string, curve: readonly CurvePoint[] = []) {
    super();
    this.#trainer = trainer;
    this.request = request;
    this.title = title;
    this.curve.push(...curve);
    this.run = request.resume;
  }

  override get progress(): number | undefined {
    if (this.stage === 'preparing' && this.features) return this.features.done / this.features.of;
    if (!this.latest || this.stage !== 'training') return undefined;
    return this.latest.steps > 0 ? Math.min(1, this.latest.step / this.latest.steps) : undefined;
  }

  override get secondsLeft(): number | undefined {
    if (this.stage === 'preparing') return this.features?.secondsLeft;
    return this.stage === 'training' ? this.latest?.secondsLeft : undefined;
  }

  override get detail(): string {
    if (this.state === 'paused') return 'Paused';
    if (this.stopping) return 'Stopping, keeping the best';
    if (this.stage === 'training' && this.latest) return `Epoch ${this.latest.epoch} of ${this.latest.epochs}`;
    if (this.stage === 'preparing' && this.features) return `Features of ${this.features.done} of ${this.features.of} pictures`;
    return stageWords[this.stage];
  }

  override get makesSomethingOwn(): boolean {
    return true;
  }

  override get route(): string {
    return this.run ? `#/runs/${this.run}` : `#/train/${this.request.dataset}`;
  }

  /** Ends early and keeps the best weights so far as the model. */
  stopAndKeepTheBest(): void {
    this.stopping = true;
    this.#stop.abort();
    this.goOn();
  }

  protected override start(signal: AbortSignal): AsyncGenerator<TrainingEvent, RunRecord> {
    return this.#trainer.train(this.request, { signal, stop: this.#stop.signal });
  }

  /** A resumed run may tell an epoch again: the curve keeps the newest telling of each. */
  #append(point: CurvePoint): void {
    while (this.curve.length > 0 && this.curve[this.curve.length - 1].epoch >= point.epoch) this.curve.pop();
    this.curve.push(point);
  }

  /** A new object each time: whoever draws it sees that it has changed. */
  #see(seen: InsightEpoch): void {
    this.answers = seen;
    if (!this.insight) return;
    const next = { ...this.insight, epochs: [...this.insight.epochs] };
    keepEpoch(next, seen);
    this.insight = next;
  }

  protected override take(event: TrainingEvent): void {
    switch (event.kind) {
      case 'stage':
        this.run = event.run;
        this.stage = event.stage;
        break;
      case 'features':
        this.features = event;
        break;
      case 'device':
        this.choice = event.choice;
        break;
      case 'beside':
        this.beside.set(event.which, event.scores);
        break;
      case 'progress':
        this.latest = event;
        break;
      case 'epoch':
        this.#append(event.point);
        if (event.best) this.bestEpoch = event.point.epoch;
        if (event.seen) this.#see(event.seen);
        break;
      case 'watching':
        this.insight = event.insight;
        break;
      case 'incident':
        this.incidents = [...this.incidents, event.incident];
        break;
      case 'fold':
        break;
    }
  }
}

/** The newest training of a run. */
export const trainingOf = (jobs: Jobs, run: string): TrainingJob | undefined => jobs.of(TrainingJob).findLast((job) => job.run === run);
