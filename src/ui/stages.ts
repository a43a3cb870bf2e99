/** A page that comes in stages, each in a frame of its own: what is seen first is there first, and no task is long. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds after which the next stage comes even where no frame is drawn, as in a tab that nobody sees. */
const longestWait = 200;

export class Stages implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #last: () => number;
  #frame: number | undefined;
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
    this.#timer = setTimeout(this.#advance, longestWait);
    // Children update in the same task as their parent. What is laid out for this frame is, by the time a timer set in it comes.
    this.#frame = requestAnimationFrame(() => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.#advance);
    });
  }

  hostDisconnected(): void {
    this.#stop();
  }

  readonly #advance = (): void => {
    this.#stop();
    this.#reached += 1;
    this.#host.requestUpdate();
  };

  #stop(): void {
    clearTimeout(this.#timer);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#timer = undefined;
    this.#frame = undefined;
  }
}
