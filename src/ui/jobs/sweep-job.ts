/** One sweep as the page follows it: every trial as it stands, and who leads. */
import type { SweepRecord, TrialRecord } from '../../spec/sweep-record.js';
import type { SweepEvent, SweepOutcome, SweepRequest, SweepStage, Sweeps } from '../../train/sweeps/sweeps.js';
import { stageWords } from '../words.js';
import { Job } from './job.js';
import type { Jobs } from './jobs.js';

const words: Record<SweepStage, string> = {
  reading: stageWords.reading,
  preparing: stageWords.preparing,
  'choosing-device': stageWords['choosing-device'],
  trials: 'Training trials',
  retraining: 'Training the winner anew, and testing it once',
};

export class SweepJob extends Job<SweepEvent, SweepOutcome> {
  override readonly kind = 'sweep';
  readonly title: string;
  readonly request: SweepRequest;
  /** The sweep's identifier, once it has been given one. */
  sweep: string | undefined;
  record: SweepRecord | undefined;
  trials: TrialRecord[] = [];
  leader: number | undefined;
  stage: SweepStage = 'reading';
  stopping = false;
  #pace: Extract<SweepEvent, { kind: 'progress' }> | undefined;

  readonly #sweeps: Sweeps;
  readonly #stop = new AbortController();

  constructor(sweeps: Sweeps, request: SweepRequest, title: string) {
    super();
    this.#sweeps = sweeps;
    this.request = request;
    this.title = title;
    this.sweep = request.resume;
  }

  override get progress(): number | undefined {
    return this.stage === 'trials' ? this.#pace?.share : undefined;
  }

  override get secondsLeft(): number | undefined {
    return this.stage === 'trials' ? this.#pace?.secondsLeft : undefined;
  }

  override get detail(): string {
    if (this.state === 'paused') return 'Paused';
    if (this.stopping && this.stage === 'trials') return 'Stopping, taking the best so far';
    if (this.stage !== 'trials' || !this.#pace) return words[this.stage];
    const { trial, epoch, epochs } = this.#pace;
    return `Trial ${trial} of ${this.trials.length}, epoch ${epoch} of ${epochs}`;
  }

  override get makesSomethingOwn(): boolean {
    return true;
  }

  override get route(): string {
    return this.sweep && this.record ? `#/sweeps/${this.sweep}` : `#/sweep/${this.request.dataset}`;
  }

  stopAndTakeTheBest(): void {
    this.stopping = true;
    this.#stop.abort();
    this.goOn();
  }

  protected override start(signal: AbortSignal): AsyncGenerator<SweepEvent, SweepOutcome> {
    return this.#sweeps.run(this.request, { signal, stop: this.#stop.signal });
  }

  protected override take(event: SweepEvent): void {
    switch (event.kind) {
      case 'stage':
        this.sweep = event.sweep;
        this.stage = event.stage;
        break;
      case 'trials':
        this.record = event.record;
        this.trials = [...event.trials];
        this.leader = event.record.winner;
        break;
      case 'progress':
        this.#pace = event;
        break;
      case 'epoch':
        this.#replace(event.trial, (trial) => ({
          ...trial,
          curve: [...trial.curve.filter(({ epoch }) => epoch < event.point.epoch), event.point],
        }));
        break;
      case 'trial':
        this.leader = event.leader;
        this.#replace(event.trial.number, (trial) => (event.trial.status === 'running' ? { ...trial, status: 'running' } : event.trial));
        break;
    }
  }

  #replace(number: number, change: (trial: TrialRecord) => TrialRecord): void {
    this.trials = this.trials.map((trial) => (trial.number === number ? change(trial) : trial));
  }
}

/** The newest work on a sweep. */
export const workOnSweep = (jobs: Jobs, id: string): SweepJob | undefined => jobs.of(SweepJob).findLast((job) => job.sweep === id);
