/** Whether the app works without a network, and the button that applies an update. An update never interrupts a training. */
import { consume } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type OfflineState, offline } from '../../host/browser/offline.js';
import { type Toasts, toastsContext } from '../contexts/toasts.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';

const words: Record<OfflineState, readonly [string, string]> = {
  unsupported: ['online only', 'This browser cannot keep the app here, for example in a private window.'],
  installing: ['preparing', 'The app is being kept for use without a network.'],
  ready: ['ready', 'The app works without a network.'],
  'update-waiting': ['ready', 'A newer version is kept beside this one.'],
  failed: ['not yet', 'The app could not be kept. The next visit tries again.'],
};

@customElement('bw-offline-status')
export class OfflineStatus extends LitElement {
  static override styles = [
    base,
    controls,
    css`
    :host { display: inline-flex; align-items: center; gap: var(--space-2); }
    b { color: var(--text); font-weight: 500; }
    button { font-size: var(--size-1); min-block-size: 24px; padding: 1px 10px; }
    @media (pointer: coarse) { button { min-block-size: 44px; } }
  `,
  ];

  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  /** An update waits for it to end. */
  @property({ type: Boolean }) trainingActive = false;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = offline.listen(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  async #apply(): Promise<void> {
    try {
      await offline.applyUpdate();
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  override render() {
    const [state, explanation] = words[offline.state];
    if (offline.state !== 'update-waiting') return html`<span title=${explanation}><b>offline</b> ${state}</span>`;
    return html`<span title=${explanation}><b>offline</b> ${state}</span>
      <button type="button" ?disabled=${this.trainingActive} aria-describedby="why" @click=${this.#apply}>Update ready, apply</button>
      <span id="why">${this.trainingActive ? 'after the training' : ''}</span>`;
  }
}
