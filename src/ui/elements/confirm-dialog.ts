/** Asks before what cannot be undone. The platform's own dialog: it holds the focus and closes on Escape. */
import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';

@customElement('bw-confirm-dialog')
export class ConfirmDialog extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      dialog { border: 1px solid var(--line); border-radius: var(--radius); padding: var(--space-5); background: var(--surface); color: var(--text); max-inline-size: min(440px, calc(100vw - 32px)); box-shadow: var(--shadow); }
      dialog::backdrop { background: #0008; }
      h2 { font-size: var(--size-4); color: var(--text); margin-block-end: var(--space-2); }
      .actions { display: flex; flex-wrap: wrap; justify-content: end; gap: var(--space-2); margin-block-start: var(--space-5); }
      .destroy { background: var(--bad); color: var(--on-accent); border-color: transparent; }
    `,
  ];

  @property() heading = '';
  @property() message = '';
  /** What the button that goes ahead says. */
  @property() action = 'Delete';

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  open(): void {
    this.dialog.showModal();
  }

  #confirm(): void {
    this.dialog.close();
    emit(this, 'bw-confirm');
  }

  override render() {
    return html`<dialog aria-labelledby="heading" aria-describedby="message">
      <h2 id="heading">${this.heading}</h2>
      <p id="message">${this.message}</p>
      <div class="actions">
        <button type="button" autofocus @click=${() => this.dialog.close()}>Keep it</button>
        <button type="button" class="destroy" @click=${this.#confirm}>${this.action}</button>
      </div>
    </dialog>`;
  }
}
