/** The same run once more: here by one click, elsewhere by one command. */
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emit } from '../../events.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/code-block.js';

@customElement('bw-reproduce-card')
export class ReproduceCard extends LitElement {
  static override styles = panelStyles;

  @property() command = '';

  override render() {
    return html`<section class="card" aria-labelledby="again"><h2 id="again">Reproduce</h2>
      <p class="small">With the same rows, spec, seed and device it gives the same figures to the last digit.</p>
      <div class="row"><button type="button" @click=${() => emit(this, 'bw-reproduce')}>Reproduce here</button></div>
      <bw-code-block label="Command" .code=${this.command}></bw-code-block>
    </section>`;
  }
}
