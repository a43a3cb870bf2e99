/** Something the user should know: what happened, where, and what to do now. Actions go into the slot. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.js';
import { type IconName, icon } from './icon.js';

export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

const icons: Record<Tone, IconName> = { good: 'good', warn: 'warn', bad: 'bad', neutral: 'shield' };

@customElement('bw-notice')
export class Notice extends LitElement {
  static override styles = [
    base,
    css`
      .notice { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-1) var(--space-3); padding: var(--space-3) var(--space-4); border-radius: var(--radius); border: 1px solid var(--line); border-inline-start: 3px solid var(--tone, var(--line-strong)); background: var(--tone-soft, var(--surface)); }
      .bad { --tone: var(--bad); --tone-soft: var(--bad-soft); }
      .warn { --tone: var(--warn); --tone-soft: var(--warn-soft); }
      .good { --tone: var(--good); --tone-soft: var(--good-soft); }
      .icon { color: var(--tone, var(--text-soft)); inline-size: 20px; block-size: 20px; margin-block-start: 1px; }
      .said { display: grid; gap: 2px; overflow-wrap: anywhere; }
      .said > p:first-child { font-weight: 600; }
      .place { color: var(--text-soft); font: var(--size-1) / 1.5 var(--font-figures); }
      ::slotted(*) { margin-block-start: var(--space-2); justify-self: start; }
    `,
  ];

  @property() tone: Tone = 'neutral';
  @property() message = '';
  @property() advice = '';
  @property() place = '';

  override render() {
    return html`<div class="notice ${this.tone}" role=${this.tone === 'bad' ? 'alert' : nothing}>
      ${icon(icons[this.tone])}
      <div class="said">
        <p>${this.message}</p>
        ${this.advice ? html`<p>${this.advice}</p>` : nothing}
        ${this.place ? html`<p class="place">${this.place}</p>` : nothing}
        <slot></slot>
      </div>
    </div>`;
  }
}
