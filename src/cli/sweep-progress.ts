/** What a sweep tells while it runs. */
import type { SweepEvent, SweepStage } from '../train/sweeps/sweeps.js';
import type { Output } from './output.js';
import { duration, figure } from './table-text.js';
import { featuresPace, type TrainingProgress } from './train-progress.js';

const stages: Record<SweepStage, string> = {
  reading: 'Reading rows',
  preparing: 'Splitting rows and fitting the pipeline',
  'choosing-device': 'Measuring devices',
  trials: 'Training trials',
  retraining: 'Training the winner anew',
};

/** Passes events on to the terminal; remembers the sweep, for what may have to be said at an interruption. */
export class SweepProgress {
  readonly #output: Output;
  readonly #training: TrainingProgress;
  #trials = 0;
  #leader: number | undefined;
  sweep: string | undefined;

  constructor(output: Output, training: TrainingProgress) {
    this.#output = output;
    this.#training = training;
  }

  show(event: SweepEvent): void {
    if (event.kind === 'stage') {
      this.sweep = event.sweep;
      this.#output.stage(stages[event.stage]);
    } else if (event.kind === 'device') this.#output.stage(event.choice.reason);
    else if (event.kind === 'trials') this.#trials = event.trials.length;
    else if (event.kind === 'progress') this.#output.progress(this.#pace(event));
    else if (event.kind === 'features') this.#output.progress(featuresPace(event));
    else if (event.kind === 'trial') this.#trial(event);
    else if (event.kind === 'training') this.#training.show(event.event);
  }

  #pace({ trial, epoch, epochs, loss, share, secondsLeft }: Extract<SweepEvent, { kind: 'progress' }>): string {
    const where = `Trial ${trial} of ${this.#trials}, epoch ${epoch} of ${epochs}: loss ${figure(loss)}`;
    return `${where}, ${Math.floor(100 * share)} % of the sweep, ${duration(secondsLeft)} left`;
  }

  /** Every new leader is told, and every trial that diverged; the others where there is room. */
  #trial({ trial, leader }: Extract<SweepEvent, { kind: 'trial' }>): void {
    const { number, status, values, rungs, problem } = trial;
    if (status === 'running' || status === 'dropped') return;
    const told = Object.entries(values).map(([name, value]) => `${name} ${value}`);
    const reached = rungs.at(-1);
    const figures = status === 'diverged' ? `diverged. ${problem}` : `${figure(reached?.metric)} at epoch ${reached?.epoch}`;
    const line = `Trial ${number} (${told.join(', ')}): ${figures}`;
    if (status === 'diverged' || leader !== this.#leader) this.#output.stage(leader === number ? `${line}, the best so far` : line);
    else this.#output.progress(line);
    this.#leader = leader;
  }
}
