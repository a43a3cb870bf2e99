/** Code to copy. */
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';

const saidFor = 2_000;

@customElement('bw-code-block')
export class CodeBlock extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .block { position: relative; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--surface-sunk); min-inline-size: 0; }
      pre { margin: 0; padding: var(--space-3); padding-inline-end: 84px; max-block-size: 320px; overflow: auto; font: var(--size-2) / 1.5 var(--font-figures); tab-size: 2; white-space: pre-wrap; overflow-wrap: anywhere; }
      button { position: absolute; inset-block-start: 4px; inset-inline-end: 4px; }
    `,
  ];

  @property() code = '';
  /** What it is, for those who cannot see it. */
  @property() label = 'Code';
  @state() private said = '';

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.code);
      this.said = 'Copied';
    } catch {
      this.said = 'Select it';
    }
    setTimeout(() => (this.said = ''), saidFor);
  }

  override render() {
    return html`<div class="block"><pre tabindex="0" role="group" aria-label=${this.label}><code>${this.code}</code></pre>
      <button type="button" class="quiet" aria-label=${`Copy: ${this.label}`} @click=${this.#copy}>${this.said || 'Copy'}</button>
      <span class="visually-hidden" role="status">${this.said}</span></div>`;
  }
}
