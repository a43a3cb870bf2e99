/** Shows the panel of the current address: loads it, hands it its item, moves the focus to its heading. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { problemNotice } from '../elements/problem-notice.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { type PanelElement, panelOf } from './panels.js';
import { parseRoute } from './routes.js';

@customElement('bw-outlet')
export class Outlet extends LitElement {
  static override styles = [base, controls, css`:host { min-block-size: 60vh; } .waiting { color: var(--text-soft); }`];

  @state() private panel: PanelElement | undefined;
  @state() private problem: unknown;
  #shown = 0;
  readonly #navigate = (): void => void this.#show(true);

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#navigate);
    void this.#show(false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#navigate);
  }

  /** A panel that loads more slowly than the user moves on is never shown. */
  async #show(moved: boolean): Promise<void> {
    this.#shown += 1;
    const shown = this.#shown;
    const route = parseRoute(location.hash);
    const { tag, load, section } = panelOf(route.panel);
    emit(this, 'bw-section', section);
    try {
      await load();
      if (shown !== this.#shown) return;
      const panel = document.createElement(tag) as PanelElement;
      panel.item = route.item;
      panel.detail = route.detail;
      this.problem = undefined;
      this.panel = panel;
    } catch (thrown) {
      if (shown === this.#shown) this.problem = thrown;
      return;
    }
    if (!moved) return;
    await this.updateComplete;
    await this.panel?.updateComplete;
    scrollTo(0, 0);
    this.panel?.shadowRoot?.querySelector<HTMLElement>('h1')?.focus();
  }

  override render() {
    if (this.problem)
      return problemNotice(this.problem, html`<button type="button" @click=${() => location.reload()}>Reload the page</button>`);
    return this.panel ?? nothing;
  }
}
