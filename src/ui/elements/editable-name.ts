/** A name that can be changed where it stands: Enter keeps the new one, Escape the old. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { icon } from './icon.js';

const longestName = 120;

@customElement('bw-editable-name')
export class EditableName extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host { min-inline-size: 0; }
      form, .shown { display: flex; gap: var(--space-2); align-items: center; min-inline-size: 0; }
      .shown ::slotted(*) { min-inline-size: 0; }
      input { max-inline-size: 420px; }
    `,
  ];

  /** The name as it is. */
  @property() name = '';
  @state() private editing = false;
  @query('input') private readonly input!: HTMLInputElement | null;
  @query('.rename') private readonly button!: HTMLButtonElement | null;

  async #edit(): Promise<void> {
    this.editing = true;
    await this.updateComplete;
    this.input?.select();
  }

  async #close(): Promise<void> {
    this.editing = false;
    await this.updateComplete;
    this.button?.focus();
  }

  #keep(event: SubmitEvent): void {
    event.preventDefault();
    const name = this.input?.value.trim() ?? '';
    if (name && name !== this.name) emit(this, 'bw-rename', name);
    void this.#close();
  }

  override render() {
    if (!this.editing) {
      return html`<div class="shown"><slot>${this.name}</slot>
        <button type="button" class="quiet icon-only rename" aria-label="Rename ${this.name}" title="Rename" @click=${this.#edit}>${icon('rename')}</button></div>`;
    }
    return html`<form @submit=${this.#keep} @keydown=${(event: KeyboardEvent) => (event.key === 'Escape' ? void this.#close() : nothing)}>
      <input aria-label="New name" required maxlength=${longestName} .value=${this.name} />
      <button class="primary">Rename</button>
      <button type="button" class="quiet" @click=${this.#close}>Cancel</button>
    </form>`;
  }
}
