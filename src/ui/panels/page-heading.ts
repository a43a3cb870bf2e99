/**
 * Keeps the window's title to what the panel shows, and the focus on its heading when the heading is drawn anew, as it is
 * once what was being read has arrived.
 */
import type { LitElement, ReactiveController } from 'lit';

export class PageHeading implements ReactiveController {
  readonly #host: LitElement;
  readonly #title: () => string;
  #focused = false;

  constructor(host: LitElement, title: () => string) {
    this.#host = host;
    this.#title = title;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement?.localName === 'h1';
  }

  hostUpdated(): void {
    document.title = `${this.#title()} · Benchwright`;
    const { shadowRoot } = this.#host;
    if (this.#focused && !shadowRoot?.activeElement) shadowRoot?.querySelector('h1')?.focus();
  }
}
