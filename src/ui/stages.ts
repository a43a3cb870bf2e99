/** A page that comes in stages, each in a task of its own: what is seen first is there first, and no task is long. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Stages implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #last: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reached = 0;

  /** @param last the stage that can be reached by now; it begins with 0 */
  constructor(host: ReactiveControllerHost, last: () => number) {
    this.#host = host;
    this.#last = last;
    host.addController(this);
  }

  has(stage: number): boolean {
    return this.#reached >= stage;
  }

  hostUpdated(): void {
    if (this.#reached >= this.#last() || this.#timer !== undefined) return;
    // Children update in the same task as their parent; a timer's is another.
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#reached += 1;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
