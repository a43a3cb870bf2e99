/**
 * How many steps may be queued before the thread is given back. It learns from the time that the last ones took: a step of
 * a tiny network takes microseconds, one of a large network on a slow device seconds. It changes no result.
 */
const aimedMilliseconds = 20;

export class Slices {
  #steps = 1;

  /** Steps to queue now. */
  get steps(): number {
    return this.#steps;
  }

  /** Tells how long `steps` steps took, with reading their losses. */
  record(steps: number, milliseconds: number): void {
    const fitting = milliseconds > 0 ? (steps * aimedMilliseconds) / milliseconds : steps * 2;
    this.#steps = Math.max(1, Math.min(Math.floor(fitting), this.#steps * 2, 1024));
  }
}
