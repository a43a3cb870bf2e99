/**
 * Finds a worker whose event loop stands still. It says nothing about a promise that takes its time: that is no fault.
 * Silence is counted in ticks of our own event loop, so that a page which slept or was busy does not blame its worker.
 */

const ticks = 10;

export class Heartbeat {
  #timer: ReturnType<typeof setInterval> | undefined;
  #unanswered = 0;
  readonly #beat: () => Promise<unknown>;
  readonly #silence: number;
  readonly #silent: () => void;

  /** `silent` is called after `silence` milliseconds without an answer to `beat`; Infinity never calls it. */
  constructor(beat: () => Promise<unknown>, silence: number, silent: () => void) {
    this.#beat = beat;
    this.#silence = silence;
    this.#silent = silent;
  }

  start(): void {
    if (this.#timer !== undefined || !Number.isFinite(this.#silence)) return;
    this.#unanswered = 0;
    this.#timer = setInterval(() => this.#tick(), this.#silence / ticks);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    if (this.#unanswered === 0) void this.#beat().then(() => (this.#unanswered = 0));
    this.#unanswered++;
    // One tick is left for the silence that came before the first beat: found within `silence`, never after it.
    if (this.#unanswered === ticks) this.#silent();
  }
}
