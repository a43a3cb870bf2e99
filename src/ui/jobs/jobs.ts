/** The jobs of this page, wherever the user is. */
import type { DeviceChoice } from '../../spec/device.js';
import { Observable } from '../observable.js';
import { noteStale } from '../stale.js';
import type { Job } from './job.js';

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

  /** All of a kind that there were, oldest first. Which kinds there are, the shell need not load. */
  of<Work extends Job>(Kind: abstract new (...given: never[]) => Work): Work[] {
    return this.#jobs.filter((job): job is Work => job instanceof Kind);
  }

  get runningTrainings(): number {
    return this.active.filter(({ kind }) => kind === 'training').length;
  }

  /** True while a training would be lost by closing or reloading the page. */
  get trainingActive(): boolean {
    return this.active.some(trains);
  }

  /** The device that was chosen last. */
  get choice(): DeviceChoice | undefined {
    return this.#jobs.findLast(({ choice }) => choice)?.choice;
  }

  /** Starts a job and settles when it has ended, however it ended. */
  async run<Work extends Job>(job: Work): Promise<Work> {
    this.#jobs = [...this.#jobs, job];
    const stop = job.listen(() => this.changed());
    this.changed();
    const release = trains(job) ? this.#holdUpdates() : undefined;
    await job.drive();
    noteStale(job.problem);
    if (job.state === 'finished' && job.makesSomethingOwn) this.#madeOwn();
    release?.();
    stop();
    return job;
  }
}

const trains = ({ kind }: Job): boolean => kind !== 'other';
