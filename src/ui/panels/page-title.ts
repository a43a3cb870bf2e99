/** Keeps the window's title to what the panel shows. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class PageTitle implements ReactiveController {
  readonly #title: () => string;

  constructor(host: ReactiveControllerHost, title: () => string) {
    this.#title = title;
    host.addController(this);
  }

  hostUpdated(): void {
    document.title = `${this.#title()} · Benchwright`;
  }
}
