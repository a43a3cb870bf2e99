/**
 * A controller that does something again and again while its element is on the page and the page is looked at. The next turn waits until the last
 * is over, so that slow answers do not pile up; a page that is looked at again gets its turn at once.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Every implements ReactiveController {
  readonly #pause: () => number;
  readonly #turn: () => Promise<unknown>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param pause milliseconds until the next turn
   * @param turn must not throw
   */
  constructor(host: ReactiveControllerHost, pause: () => number, turn: () => Promise<unknown>) {
    this.#pause = pause;
    this.#turn = turn;
    host.addController(this);
  }

  hostConnected(): void {
    this.#wait();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(): void {
    const timer = setTimeout(async () => {
      await shown();
      // Meanwhile the element may have gone, or gone and come again with a timer of its own.
      if (timer === this.#timer) await this.#turn();
      if (timer === this.#timer) this.#wait();
    }, this.#pause());
    this.#timer = timer;
  }
}

async function shown(): Promise<void> {
  while (document.hidden) await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
}
