/** What a training tells while it runs. */
import type { TrainingEvent } from '../train/trainer.js';
import type { Output } from './output.js';
import { duration, figure } from './table-text.js';

const stages: Record<string, string> = {
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
    switch (event.kind) {
      case 'stage':
        this.run = event.run;
        return this.#output.stage(stages[event.stage]);
      case 'device':
        return this.#output.stage(event.choice.reason);
      case 'beside':
        return;
      case 'progress':
        return this.#output.progress(
          `Epoch ${event.epoch} of ${event.epochs}: loss ${figure(event.loss)}, ${Math.round(event.examplesPerSecond)} examples/s, ${duration(event.secondsLeft)} left`,
        );
      case 'epoch':
        return this.#output.progress(`Epoch ${event.point.epoch}: validation loss ${figure(event.point.validationLoss)}`);
      case 'fold':
        return this.#output.stage(`Fold ${event.fold} of ${event.folds} is done`);
    }
  }
}
