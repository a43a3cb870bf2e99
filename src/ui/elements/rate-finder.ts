/** Asks for a learning rate to be looked for, shows how that goes, and hands the rate over: `bw-rate-search`, `bw-rate-cancel`, `bw-rate-use`. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RateFinding, RatePoint } from '../../spec/learning-rate.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { rateText } from './rate-curve.js';
import './progress-line.js';

/** How a search stands. */
export interface RateStanding {
  active: boolean;
  detail: string;
  progress: number | undefined;
  points: readonly RatePoint[];
  finding: RateFinding | undefined;
}

@customElement('bw-rate-finder')
export class RateFinder extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`:host { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); } .row { justify-content: start; }`,
  ];

  /** Left out: nothing was looked for yet. */
  @property({ attribute: false }) standing: RateStanding | undefined;
  @property({ type: Boolean }) disabled = false;
  /** The rate that the user looks at, of a finding. */
  @state() private looked: { finding: RateFinding; rate: number } | undefined;
  @state() private used: number | undefined;

  #use(rate: number): void {
    this.used = rate;
    emit(this, 'bw-rate-use', rate);
  }

  #search(): void {
    this.used = undefined;
    emit(this, 'bw-rate-search');
  }

  override render() {
    const { standing } = this;
    const finding = standing?.finding;
    const rate = finding && (this.looked?.finding === finding ? this.looked.rate : finding.suggestion);
    return html`<div class="row">
        ${
          standing?.active
            ? html`<button type="button" @click=${() => emit(this, 'bw-rate-cancel')}>Cancel the search</button>`
            : html`<button type="button" ?disabled=${this.disabled} @click=${() => this.#search()}>Find a learning rate</button>`
        }
        ${rate === undefined ? nothing : html`<button type="button" class="primary" @click=${() => this.#use(rate)}>Use ${rateText(rate)}</button>`}</div>
      ${standing?.active ? html`<bw-progress-line .label=${standing.detail} .value=${standing.progress}></bw-progress-line>` : nothing}
      ${
        standing && standing.points.length > 1
          ? html`<bw-rate-curve .points=${standing.points} .rate=${rate ?? 0} @bw-rate=${(event: CustomEvent<number>) => {
              if (finding) this.looked = { finding, rate: event.detail };
            }}></bw-rate-curve>`
          : standing
            ? nothing
            : html`<p class="hint">Raises the rate step by step until the loss diverges. It takes seconds, and trains nothing that is kept.</p>`
      }
      ${
        finding
          ? html`<p class="hint">Suggested is ${rateText(finding.suggestion)}, a tenth of ${rateText(finding.lowest)}, where the loss was lowest. By itself the training takes ${rateText(finding.learningRate)}.</p>`
          : nothing
      }
      <p class="hint" role="status">${this.used === undefined ? nothing : `The learning rate is ${rateText(this.used)} now.`}</p>`;
  }
}
