/** How much the strongest columns say of each other: a table of figures whose ground is the picture. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Profile } from '../../spec/profile.js';
import { base } from '../styles/base.js';
import { customProperties } from './custom-properties.js';

/** Figures are shown in the cells of maps up to this size; in larger ones they stand in the cell's title and its hidden text. */
const figuresUpTo = 10;

@customElement('bw-correlation-map')
export class CorrelationMap extends LitElement {
  static override styles = [
    base,
    css`
      .scroll { position: relative; overflow: auto; }
      table { border-collapse: separate; border-spacing: 2px; font-size: var(--size-1); }
      td { inline-size: var(--cell); min-inline-size: var(--cell); block-size: 30px; text-align: center; border-radius: 3px; font-family: var(--font-figures); font-variant-numeric: tabular-nums; color: var(--text);
        background: color-mix(in oklab, var(--hue) calc(var(--strength) * 62%), var(--surface-sunk)); }
      .self { background: var(--line); }
      .none { background: none; color: var(--text-soft); }
      th { font-weight: 500; color: var(--text-soft); text-align: end; padding-inline-end: var(--space-2); white-space: nowrap; max-inline-size: 150px; overflow: hidden; text-overflow: ellipsis; }
      thead th { vertical-align: bottom; text-align: start; padding: 0; block-size: 104px; max-inline-size: none; }
      thead span { display: block; writing-mode: vertical-rl; transform: rotate(180deg); max-block-size: 100px; overflow: hidden; text-overflow: ellipsis; margin-inline: auto; }
      .target { color: var(--accent); font-weight: 600; }
      p { display: flex; gap: var(--space-2); align-items: center; font-size: var(--size-1); color: var(--text-soft); margin-block-start: var(--space-2); flex-wrap: wrap; }
      i { inline-size: 110px; block-size: 10px; border-radius: 3px; background: linear-gradient(90deg, color-mix(in oklab, var(--series-2) 62%, var(--surface-sunk)), var(--surface-sunk), color-mix(in oklab, var(--series-1) 62%, var(--surface-sunk))); }
    `,
  ];

  @property({ attribute: false }) correlations: Profile['correlations'] = { columns: [], values: [] };
  @property() target = '';

  override render() {
    const { columns, values } = this.correlations;
    const shown = columns.length <= figuresUpTo;
    const kind = (name: string): string => (name === this.target ? 'target' : '');
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Correlations"><table ${customProperties({ '--cell': shown ? '46px' : '28px' })}>
        <thead><tr><td class="none"></td>${columns.map((name) => html`<th scope="col" class=${kind(name)} title=${name}><span>${name}</span></th>`)}</tr></thead>
        <tbody>${columns.map(
          (name, row) =>
            html`<tr><th scope="row" class=${kind(name)} title=${name}>${name}</th>${columns.map((other, column) => {
              if (row === column) return html`<td class="self" aria-label="itself"></td>`;
              const value = values[row][column];
              if (value === null) return html`<td class="none" title="${name}, ${other}: none">–</td>`;
              const text = value.toFixed(2).replace('-', '−');
              return html`<td title="${name}, ${other}: ${text}" ${customProperties({ '--strength': Math.abs(value).toFixed(3), '--hue': value < 0 ? 'var(--series-2)' : 'var(--series-1)' })}>${shown ? text : html`<span class="visually-hidden">${text}</span>`}</td>`;
            })}</tr>`,
        )}</tbody></table></div>
      <p><span>−1</span><i></i><span>1</span> Between two numbers: Pearson’s r. With a category: correlation ratio or Cramér’s V, 0 to 1.</p>`;
  }
}
