/** The same run once more: here by one click, elsewhere by one command. */
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { emit } from '../../events.js';
import { panelStyles } from '../panel-styles.js';

@customElement('bw-reproduce-card')
export class ReproduceCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      pre { margin: 0; padding: var(--space-2) var(--space-3); background: var(--surface-sunk); border-radius: var(--radius-small); font: var(--size-1) / 1.5 var(--font-figures); white-space: pre-wrap; overflow-wrap: anywhere; max-block-size: 150px; overflow: auto; }
    `,
  ];

  @property() command = '';
  @state() private said = '';

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.command);
      this.said = 'Copied.';
    } catch {
      this.said = 'The browser does not let the page copy: select the command and copy it.';
    }
  }

  override render() {
    return html`<section class="card" aria-labelledby="again"><h2 id="again">Reproduce</h2>
      <p class="small">With the same rows, spec, seed and device it gives the same figures to the last digit.</p>
      <div class="row"><button type="button" @click=${() => emit(this, 'bw-reproduce')}>Reproduce here</button></div>
      <pre tabindex="0" role="region" aria-label="Command">${this.command}</pre>
      <div class="row"><button type="button" class="quiet" @click=${this.#copy}>Copy the command</button><span class="hint" role="status">${this.said}</span></div>
    </section>`;
  }
}
