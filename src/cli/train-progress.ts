/** What a training tells while it runs. */
import type { TrainingEvent, TrainingStage } from '../train/trainer.js';
import type { Output } from './output.js';
import { duration, figure } from './table-text.js';

const stages: Record<TrainingStage, string> = {
  reading: 'Reading rows',
  preparing: 'Splitting rows and fitting the pipeline',
  'choosing-device': 'Measuring devices',
  baseline: 'Baseline',
  linear: 'Training the linear model',
  training: 'Training',
  testing: 'Testing',
  saving: 'Saving',
};

/** Passes events on to the terminal; remembers the run, for what may have to be said at an interruption. */
export class TrainingProgress {
  readonly #output: Output;
  run: string | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  show(event: TrainingEvent): void {
    if (event.kind === 'stage') this.run = event.run;
    const milestone = milestoneOf(event);
    if (milestone !== undefined) this.#output.stage(milestone);
    else if (event.kind === 'progress') this.#output.progress(pace(event));
    else if (event.kind === 'features') this.#output.progress(featuresPace(event));
  }
}

function milestoneOf(event: TrainingEvent): string | undefined {
  if (event.kind === 'stage') return stages[event.stage];
  if (event.kind === 'device') return event.choice.reason;
  if (event.kind === 'incident') return `${event.incident.message} ${event.incident.remedy}`;
  return event.kind === 'fold' ? `Fold ${event.fold} of ${event.folds} is done` : undefined;
}

export const featuresPace = ({ done, of, secondsLeft }: Extract<TrainingEvent, { kind: 'features' }>): string =>
  `Features of ${done} of ${of} pictures, ${duration(secondsLeft)} left`;

const pace = ({ epoch, epochs, loss, examplesPerSecond, secondsLeft }: Extract<TrainingEvent, { kind: 'progress' }>): string =>
  `Epoch ${epoch} of ${epochs}: loss ${figure(loss)}, ${Math.round(examplesPerSecond)} examples/s, ${duration(secondsLeft)} left`;
