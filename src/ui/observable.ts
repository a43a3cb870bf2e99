/** Plain state that elements follow: an object that says "changed", and a controller that redraws its host when it does. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Observable {
  readonly #listeners = new Set<() => void>();

  /** Answers the function that stops listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Redraws its host whenever what it follows changes. `subject` is asked again at every update, so it may be swapped. */
export class Follow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #subject: () => Observable | undefined;
  #followed: Observable | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, subject: () => Observable | undefined) {
    this.#host = host;
    this.#subject = subject;
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#followed = undefined;
  }

  #follow(): void {
    const subject = this.#subject();
    if (subject === this.#followed) return;
    this.#stop?.();
    this.#followed = subject;
    this.#stop = subject?.listen(() => this.#host.requestUpdate());
  }
}
