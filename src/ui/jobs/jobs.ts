/** The jobs of this page, wherever the user is. */
import { Observable } from '../observable.js';
import { noteStale } from '../stale.js';
import { FilePredictionJob } from './file-prediction-job.js';
import type { Job } from './job.js';
import { SweepJob } from './sweep-job.js';
import { TrainingJob } from './training-job.js';

export class Jobs extends Observable {
  #jobs: Job[] = [];
  readonly #holdUpdates: () => () => void;
  readonly #madeOwn: () => unknown;

  /**
   * @param holdUpdates keeps updates of the app away until the function that it answers is called
   * @param madeOwn called when there is something that only this browser has
   */
  constructor(holdUpdates: () => () => void, madeOwn: () => unknown = () => undefined) {
    super();
    this.#holdUpdates = holdUpdates;
    this.#madeOwn = madeOwn;
  }

  get active(): Job[] {
    return this.#jobs.filter((job) => job.active);
  }

  get trainings(): TrainingJob[] {
    return this.#jobs.filter((job) => job instanceof TrainingJob);
  }

  /** True while a training would be lost by closing or reloading the page. */
  get trainingActive(): boolean {
    return this.active.some(isTraining);
  }

  /** The newest training of a run. */
  training(run: string): TrainingJob | undefined {
    return this.trainings.findLast((job) => job.run === run);
  }

  /** The newest work on a sweep. */
  sweep(id: string): SweepJob | undefined {
    return this.#jobs.filter((job) => job instanceof SweepJob).findLast((job) => job.sweep === id);
  }

  /** Every file prediction with a model that was not cancelled, oldest first. */
  filePredictions(model: string): FilePredictionJob[] {
    return this.#jobs.filter((job) => job instanceof FilePredictionJob).filter((job) => job.model === model && job.state !== 'cancelled');
  }

  /** Starts a job and settles when it has ended, however it ended. */
  async run<Work extends Job>(job: Work): Promise<Work> {
    this.#jobs = [...this.#jobs, job];
    const stop = job.listen(() => this.changed());
    this.changed();
    const release = isTraining(job) ? this.#holdUpdates() : undefined;
    await job.drive();
    noteStale(job.problem);
    if (job.state === 'finished' && job.makesSomethingOwn) this.#madeOwn();
    release?.();
    stop();
    return job;
  }
}

const isTraining = (job: Job): boolean => job instanceof TrainingJob || job instanceof SweepJob;
