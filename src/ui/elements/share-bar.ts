/** A whole divided: one bar of its shares, and below it each by name. The list says all that the bar shows. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.js';
import { customProperties } from './custom-properties.js';

export interface Share {
  name: string;
  /** Of the whole, from 0 to 1. */
  value: number;
  /** The figure as it is read. */
  shown: string;
  /** What else is known of it. */
  detail?: string;
}

const series = 4;

@customElement('bw-share-bar')
export class ShareBar extends LitElement {
  static override styles = [
    base,
    css`
      :host { display: grid; gap: var(--space-2); }
      .bar { display: flex; gap: 2px; block-size: 18px; border-radius: 4px; overflow: hidden; background: var(--surface-sunk); }
      .part { flex: var(--share) 1 0; min-inline-size: 3px; transition: flex-grow var(--quick); }
      .part.none { display: none; }
      .part, .key { background: var(--series-1); }
      .s1 { background: repeating-linear-gradient(45deg, var(--series-2) 0 5px, color-mix(in oklab, var(--series-2) 72%, var(--surface)) 5px 8px); }
      .s2 { background: repeating-linear-gradient(-45deg, var(--series-3) 0 5px, color-mix(in oklab, var(--series-3) 72%, var(--surface)) 5px 8px); }
      .s3 { background: repeating-linear-gradient(90deg, var(--series-4) 0 5px, color-mix(in oklab, var(--series-4) 72%, var(--surface)) 5px 8px); }
      ul { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-5); font-size: var(--size-2); }
      li { display: flex; gap: var(--space-2); align-items: baseline; min-inline-size: 0; overflow-wrap: anywhere; }
      .key { flex: none; inline-size: 11px; block-size: 11px; border-radius: 3px; align-self: center; }
      .shown { font-family: var(--font-figures); font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; }
    `,
  ];

  @property({ attribute: false }) shares: readonly Share[] = [];
  /** What is divided. */
  @property() label = '';

  override render() {
    return html`<div class="bar" aria-hidden="true">${this.shares.map(
      ({ value }, index) =>
        html`<span class="part s${index % series} ${value > 0 ? '' : 'none'}" ${customProperties({ '--share': value.toFixed(4) })}></span>`,
    )}</div>
    <ul aria-label=${this.label}>${this.shares.map(
      ({ name, shown, detail }, index) =>
        html`<li><span class="key s${index % series}" aria-hidden="true"></span><span class="shown">${shown}</span><span>${name}${detail ? html` <span class="soft">${detail}</span>` : ''}</span></li>`,
    )}</ul>`;
  }
}
