/** How far a sweep has come and how long it still takes, in epochs of all trials together: from time spent working only. */
import type { TrialRecord } from '../../spec/sweep-record.js';
import type { Recipe } from '../recipe.js';
import { expectedEpochs } from './rungs.js';

export class TimeLeft {
  readonly #epochs: number[];
  readonly #before: number;
  readonly #expected: number;
  #done: number;
  #seconds = 0;

  constructor(
    { recipes, rungs, factor }: { recipes: readonly Recipe[]; rungs: readonly number[]; factor: number },
    trials: readonly TrialRecord[],
  ) {
    const own = recipes.map(({ epochs }) => epochs);
    this.#epochs = trials.map(({ curve, status }, index) => (status === 'finished' ? own[index] : curve.length));
    this.#before = this.#epochs.reduce((sum, epochs) => sum + epochs, 0);
    this.#done = this.#before;
    // The winner is trained once more.
    this.#expected = expectedEpochs(own, rungs, factor) + own.reduce((sum, epochs) => sum + epochs, 0) / own.length;
  }

  worked(milliseconds: number): void {
    this.#seconds += milliseconds / 1000;
  }

  reached(trial: number, epochs: number): void {
    this.#done += Math.max(0, epochs - this.#epochs[trial]);
    this.#epochs[trial] = Math.max(epochs, this.#epochs[trial]);
  }

  /** Epochs that patience spared count as done. */
  ended(trial: number, { status, rungs }: TrialRecord, own: number): void {
    const reached = status === 'finished' ? own : (rungs.at(-1)?.epoch ?? 0);
    this.reached(trial, Math.min(own, reached));
  }

  figures(): { share: number; secondsLeft: number } {
    const perSecond = (this.#done - this.#before) / Math.max(this.#seconds, 1e-6);
    const left = Math.max(0, this.#expected - this.#done);
    return { share: Math.min(1, this.#done / this.#expected), secondsLeft: left / Math.max(perSecond, 1e-6) };
  }
}
