/** A question as code to copy, for the program that is to ask it. */
import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Snippet } from '../../serving/snippets.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/code-block.js';

@customElement('bw-question-code')
export class QuestionCode extends LitElement {
  static override styles = panelStyles;

  /** At least one. */
  @property({ attribute: false }) snippets!: readonly Snippet[];
  @state() private chosen = 0;

  override render() {
    const { snippets } = this;
    const { title, code } = snippets[this.chosen] ?? snippets[0];
    return html`<details><summary>Code to copy</summary><div class="stack">
      <label>For<select @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).selectedIndex)}>${snippets.map((each, index) => html`<option ?selected=${index === this.chosen}>${each.title}</option>`)}</select></label>
      <bw-code-block .label=${title} .code=${code}></bw-code-block></div></details>`;
  }
}
