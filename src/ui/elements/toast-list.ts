/** Short messages at the foot of the page, spoken politely, each with what undoes it. Says `bw-hold` whether the pointer or the focus is on them. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import type { Toast } from '../toast.js';
import { icon } from './icon.js';

@customElement('bw-toast-list')
export class ToastList extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host { position: fixed; inset: auto 0 calc(var(--space-6) + var(--space-2)) 0; display: grid; justify-items: center; gap: var(--space-2); pointer-events: none; z-index: 10; padding: 0 var(--space-3); }
      .list { display: grid; gap: var(--space-2); justify-items: center; }
      .toast { pointer-events: auto; display: flex; align-items: center; gap: var(--space-3); max-inline-size: 560px; padding: var(--space-2) var(--space-2) var(--space-2) var(--space-4); background: var(--text); color: var(--ground); border-radius: var(--radius); box-shadow: var(--shadow); animation: rise var(--quick); overflow-wrap: anywhere; }
      .bad { background: var(--bad-soft); color: var(--text); border: 1px solid var(--bad); }
      .toast button { background: transparent; border-color: transparent; color: inherit; min-block-size: var(--touch); }
      .toast button:hover { border-color: currentColor; }
      .act { text-decoration: underline; text-underline-offset: 3px; }
      @keyframes rise { from { translate: 0 8px; opacity: 0; } }
    `,
  ];

  @property({ attribute: false }) toasts: readonly Toast[] = [];
  readonly #on = new Set<'pointer' | 'focus'>();

  #hold(by: 'pointer' | 'focus', held: boolean): void {
    if (held) this.#on.add(by);
    else this.#on.delete(by);
    emit(this, 'bw-hold', this.#on.size > 0);
  }

  /** What is taken away under the pointer or the focus says nothing of its going. */
  protected override updated(): void {
    if (this.toasts.length > 0 || this.#on.size === 0) return;
    this.#on.clear();
    emit(this, 'bw-hold', false);
  }

  override render() {
    return html`<div role="status" aria-live="polite" class="list" @pointerenter=${() => this.#hold('pointer', true)} @pointerleave=${() => this.#hold('pointer', false)} @focusin=${() => this.#hold('focus', true)} @focusout=${() => this.#hold('focus', false)}>${this.toasts.map(
      (toast) => html`<div class="toast ${toast.tone}"><span>${toast.message}</span>
        ${toast.action ? html`<button type="button" class="act" @click=${() => emit(this, 'bw-act', toast)}>${toast.action.label}</button>` : nothing}
        <button type="button" class="icon-only" aria-label="Dismiss" @click=${() => emit(this, 'bw-dismiss', toast.id)}>${icon('close')}</button>
      </div>`,
    )}</div>`;
  }
}
