/** A new column from others: its name and its expression, checked as it is typed. Says `bw-derive`. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { checkDerivation } from '../../data/derive.js';
import { functions } from '../../data/expression/functions.js';
import type { Field } from '../../spec/field.js';
import type { Derivation } from '../../spec/pipeline-spec.js';
import { emit } from '../events.js';
import { describeProblem } from '../problem.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { typeWords } from '../words.js';

@customElement('bw-derive-form')
export class DeriveForm extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      form { display: grid; gap: var(--space-3); }
      textarea { font-family: var(--font-figures); min-block-size: 64px; resize: vertical; }
      pre { margin: 0; font: var(--size-1) / 1.5 var(--font-figures); white-space: pre-wrap; overflow-wrap: anywhere; }
      button { justify-self: start; }
      ul { columns: 2 200px; font: var(--size-1) / 1.7 var(--font-figures); }
      .good { color: var(--good); }
    `,
  ];

  /** Of the table, and those derived already. */
  @property({ attribute: false }) fields: readonly Field[] = [];
  @property() target = '';
  @state() private name = '';
  @state() private expression = '';

  #check(): { type?: string; message?: string; advice?: string } {
    if (this.expression.trim() === '') return {};
    try {
      const { type } = checkDerivation({ name: this.name.trim() || '\u0000', expression: this.expression }, this.fields, this.target);
      return { type: typeWords[type] };
    } catch (thrown) {
      return describeProblem(thrown);
    }
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.name.trim() === '' || !this.#check().type) return;
    emit<Derivation>(this, 'bw-derive', { name: this.name.trim(), expression: this.expression.trim() });
    this.name = '';
    this.expression = '';
  }

  override render() {
    const { type, message, advice } = this.#check();
    return html`<form @submit=${this.#submit}>
      <label>Name of the new column<input .value=${this.name} maxlength="200" autocomplete="off" @input=${(event: Event) => {
        this.name = (event.target as HTMLInputElement).value;
      }} /></label>
      <label>Expression<textarea .value=${this.expression} maxlength="2000" spellcheck="false" aria-describedby="told" aria-invalid=${message ? 'true' : 'false'}
        placeholder="for example: log(1 + price) / [unit count]" @input=${(event: Event) => {
          this.expression = (event.target as HTMLTextAreaElement).value;
        }}></textarea></label>
      <div id="told" role="status">
        ${type ? html`<p class="hint good">It gives: ${type}.</p>` : nothing}
        ${message ? html`<pre class="hint bad">${message}</pre><p class="hint">${advice}</p>` : nothing}
      </div>
      <button ?disabled=${!type || this.name.trim() === ''}>Add the column</button>
      <details><summary class="small">What an expression may say</summary>
        <p class="hint">Columns by name, in [brackets] where they hold blanks; numbers, "texts", + − * / %, = != &lt; &lt;= &gt; &gt;=, and, or, not. What is missing stays missing.</p>
        <ul>${[...functions.values()].map(({ says }) => html`<li>${says}</li>`)}</ul></details>
    </form>`;
  }
}
