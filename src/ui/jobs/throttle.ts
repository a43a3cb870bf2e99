/** At most five redraws a second, however many events arrive: the page stays smooth while a model trains. */
const shortestGap = 200;

export class Throttle {
  readonly #action: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(action: () => void) {
    this.#action = action;
  }

  /** Acts within the gap; requests meanwhile are one. */
  request(): void {
    this.#timer ??= setTimeout(() => this.now(), shortestGap);
  }

  /** Acts at once, in place of what was waiting. */
  now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#action();
  }
}
