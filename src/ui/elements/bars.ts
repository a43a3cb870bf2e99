/** Named amounts as bars on one scale, each with its figure: a result beside what is easy, shares of classes, probabilities. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.js';
import { customProperties } from './custom-properties.js';

export interface Bar {
  name: string;
  value: number;
  /** The figure as it is read. */
  shown: string;
  emphasis?: boolean;
}

@customElement('bw-bars')
export class Bars extends LitElement {
  static override styles = [
    base,
    css`
      ul { display: grid; grid-template-columns: fit-content(42%) minmax(0, 1fr) auto; gap: var(--space-2) var(--space-3); align-items: center; font-size: var(--size-2); }
      li { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: center; }
      .name { overflow-wrap: anywhere; }
      .track { display: block; block-size: 10px; }
      .fill { display: block; block-size: 100%; min-inline-size: 2px; inline-size: calc(var(--share) * 100%); border-radius: 3px; background: var(--line-strong); opacity: 0.55; transition: inline-size var(--quick); }
      .emphasis .fill { background: var(--series-1); opacity: 1; }
      .emphasis { font-weight: 600; }
      .shown { font-family: var(--font-figures); font-variant-numeric: tabular-nums; text-align: end; }
    `,
  ];

  @property({ attribute: false }) bars: readonly Bar[] = [];
  @property({ type: Number }) from = 0;
  @property({ type: Number }) to = 1;
  @property() label = '';

  override render() {
    const span = this.to - this.from || 1;
    return html`<ul aria-label=${this.label || nothing}>
      ${this.bars.map(({ name, value, shown, emphasis }) => {
        const share = Math.min(1, Math.max(0, (value - this.from) / span));
        return html`<li class=${emphasis ? 'emphasis' : ''}>
          <span class="name">${name}</span>
          <span class="track"><span class="fill" ${customProperties({ '--share': share.toFixed(4) })}></span></span>
          <span class="shown">${shown}</span>
        </li>`;
      })}
    </ul>`;
  }
}
