/** Speed and time left, from time spent working only: a pause makes nothing slower. */
import { milliseconds } from '../base/clock.js';
import type { TrainingState } from './state.js';

const betweenEvents = 100;

export interface Progress {
  kind: 'progress';
  /** The epoch at work, from 1. */
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  /** Of the latest step. */
  loss: number;
  examplesPerSecond: number;
  /** If every epoch is used; early stopping may end sooner. */
  secondsLeft: number;
}

export class Pace {
  readonly #state: TrainingState;
  readonly #epochs: number;
  readonly #perEpoch: number;
  readonly #rows: number;
  readonly #firstStep: number;
  readonly #firstSeconds: number;
  #lastEvent = milliseconds();

  constructor(state: TrainingState, plan: { epochs: number; stepsPerEpoch: number; rows: number }) {
    this.#state = state;
    this.#epochs = plan.epochs;
    this.#perEpoch = plan.stepsPerEpoch;
    this.#rows = plan.rows;
    this.#firstStep = state.steps;
    this.#firstSeconds = state.seconds;
  }

  /** Adds time that was worked. */
  record(worked: number): void {
    this.#state.seconds += worked / 1000;
  }

  /** True at most ten times a second. */
  due(): boolean {
    if (milliseconds() - this.#lastEvent < betweenEvents) return false;
    this.#lastEvent = milliseconds();
    return true;
  }

  progress(loss: number): Progress {
    const { epoch, steps: step, seconds } = this.#state;
    const steps = this.#epochs * this.#perEpoch;
    const stepsPerSecond = (step - this.#firstStep) / Math.max(seconds - this.#firstSeconds, 1e-6);
    return {
      kind: 'progress',
      epoch: epoch + 1,
      epochs: this.#epochs,
      step,
      steps,
      loss,
      examplesPerSecond: stepsPerSecond * (this.#rows / this.#perEpoch),
      secondsLeft: (steps - step) / Math.max(stepsPerSecond, 1e-6),
    };
  }
}
