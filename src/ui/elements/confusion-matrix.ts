/** Where a classifier errs: rows are what was true, columns what was predicted. Right answers on the diagonal. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Confusion } from '../../spec/run.js';
import { count } from '../format.js';
import { base } from '../styles/base.js';
import { customProperties } from './custom-properties.js';
import { mostConfused } from './most-confused.js';

/** More names than these do not fit beside each other, unless they are as short as digits: they stand upright. */
const mostAcross = 5;
const shortest = 2;

/** Percent. Tints stop at half, so that the same text colour is readable on every cell; a single row can still be seen. */
const palestTint = 14;
const deepestTint = 50;

@customElement('bw-confusion-matrix')
export class ConfusionMatrix extends LitElement {
  static override styles = [
    base,
    css`
      .scroll { overflow: auto; }
      table { border-collapse: separate; border-spacing: 2px; font-size: var(--size-1); inline-size: 100%; }
      caption { text-align: start; color: var(--text-soft); font-size: var(--size-1); padding-block-end: var(--space-2); }
      th { font-weight: 500; color: var(--text-soft); max-inline-size: 110px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; padding: 2px 4px; }
      .upright th[scope='col'] { writing-mode: vertical-rl; rotate: 180deg; max-inline-size: none; max-block-size: 110px; text-align: start; padding: 4px 2px; margin-inline: auto; }
      .many td { min-inline-size: 22px; padding: 0; block-size: 30px; font-size: var(--size-1); letter-spacing: -0.02em; }
      th[scope='row'] { text-align: end; inline-size: 1%; }
      td { min-inline-size: 24px; block-size: 34px; text-align: center; border-radius: 4px; font: 600 var(--size-2) var(--font-figures); color: var(--text); background: color-mix(in oklab, var(--series-2) var(--tint), var(--surface-sunk)); }
      td.corner { background: none; }
      td.right { background: color-mix(in oklab, var(--series-1) var(--tint), var(--surface-sunk)); }
      td.none { color: var(--text-soft); font-weight: 400; }
    `,
  ];

  @property({ attribute: false }) confusion: Confusion = { classes: [], counts: [] };

  override render() {
    const all = this.confusion.classes.length;
    const { classes, counts } = mostConfused(this.confusion);
    const isMany = classes.length > mostAcross;
    const isUpright = isMany && classes.some(({ length }) => length > shortest);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table class="${isMany ? 'many' : ''} ${isUpright ? 'upright' : ''}">
      <caption>Down: what was true. Across: what was predicted.${all > classes.length ? ` The ${classes.length} of ${count(all)} classes with the most errors.` : ''}</caption>
      <thead><tr><td class="corner"></td>${classes.map((name) => html`<th scope="col" title=${name}>${name}</th>`)}</tr></thead>
      <tbody>${counts.map((row, actual) => this.#row(classes[actual], row, actual, this.#rowsOf(classes[actual])))}</tbody>
    </table></div>`;
  }

  /** Test rows of a class, those predicted as a class that is not drawn among them. */
  #rowsOf(name: string): number {
    const row = this.confusion.counts[this.confusion.classes.indexOf(name)];
    return row.reduce((sum, value) => sum + value, 0);
  }

  #row(name: string, row: readonly number[], actual: number, rows: number) {
    const total = Math.max(1, rows);
    return html`<tr><th scope="row" title=${name}>${name}</th>${row.map((value, predicted) => {
      const share = value / total;
      // The square root lets few errors among many rows be seen.
      const tint = value === 0 ? 0 : palestTint + Math.sqrt(share) * (deepestTint - palestTint);
      const right = predicted === actual ? 'right' : '';
      return html`<td class="${right} ${value === 0 ? 'none' : ''}" ${customProperties({ '--tint': `${tint.toFixed(1)}%` })}>${count(value)}</td>`;
    })}</tr>`;
  }
}
