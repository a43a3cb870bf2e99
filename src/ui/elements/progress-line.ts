/** Long work in one line: what, how far, how long still. Spoken at milestones only, by whoever owns the work. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { duration } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';

@customElement('bw-progress-line')
export class ProgressLine extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .line { display: flex; justify-content: space-between; gap: var(--space-3); font-size: var(--size-2); align-items: baseline; }
      .left { font-family: var(--font-figures); font-variant-numeric: tabular-nums; color: var(--text-soft); white-space: nowrap; }
      b { font-weight: 600; }
      progress { margin-block-start: var(--space-2); }
      progress:indeterminate { background: linear-gradient(90deg, var(--line) 30%, var(--accent) 50%, var(--line) 70%) 0 / 300% 100%; animation: pass 1.6s linear infinite; }
      progress:indeterminate::-webkit-progress-bar { background: none; }
      @keyframes pass { from { background-position: 100% 0; } to { background-position: -50% 0; } }
    `,
  ];

  @property() label = '';
  @property() detail = '';
  /** 0…1; undefined while it cannot be told. */
  @property({ attribute: false }) value: number | undefined;
  @property({ attribute: false }) secondsLeft: number | undefined;

  override render() {
    return html`<div class="line"><span><b>${this.label}</b> ${this.detail ? html`<span class="soft">${this.detail}</span>` : nothing}</span>
        ${this.secondsLeft === undefined ? nothing : html`<span class="left">${duration(this.secondsLeft)} left</span>`}</div>
      <progress aria-label=${this.label} max="1" value=${this.value ?? nothing}></progress>`;
  }
}
