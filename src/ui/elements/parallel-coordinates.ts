/**
 * Trials as lines over one upright axis for each field and one for the figure. The arrow keys go from trial to trial, best first; a table beside it
 * holds the same in words. Says `bw-trial` with the number of the trial that is looked at.
 */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import type { Axis } from '../sweeps/axes.js';
import { customProperties } from './custom-properties.js';

const height = 252;
const top = 38;
const bottom = 226;
const apart = 130;
const side = 76;

@customElement('bw-parallel-coordinates')
export class ParallelCoordinates extends LitElement {
  static override styles = [
    base,
    css`
      .scroll { overflow-x: auto; border-radius: var(--radius-small); padding-block: var(--space-1); }
      p { padding-block-start: var(--space-2); }
      svg { display: block; inline-size: 100%; min-inline-size: var(--narrowest); block-size: ${height}px; }
      text { font: var(--size-1) var(--font-figures); fill: var(--text-soft); }
      text.title { font-family: var(--font); fill: var(--text); font-weight: 600; }
      .axis { stroke: var(--line-strong); stroke-width: 1; }
      polyline { fill: none; stroke: var(--text-soft); stroke-width: 1.5; opacity: 0.35; }
      polyline.near { stroke: var(--series-1); opacity: 0.6; }
      polyline.best { stroke: var(--good); stroke-width: 3; opacity: 1; }
      polyline.looked { stroke: var(--series-2); stroke-width: 3; opacity: 1; }
      polyline.hit { stroke: transparent; stroke-width: 12; opacity: 1; cursor: pointer; }
    `,
  ];

  @property({ attribute: false }) axes: readonly Axis[] = [];
  /** The trials' numbers, in the order of the axes' places. */
  @property({ attribute: false }) trials: readonly number[] = [];
  /** The same numbers, best first. */
  @property({ attribute: false }) ranking: readonly number[] = [];
  /** The trial that is looked at. */
  @property({ type: Number }) looked = 0;
  /** What is told of it. */
  @property() words = '';

  #key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const last = this.ranking.length - 1;
    const at = this.ranking.indexOf(this.looked);
    const next =
      event.key === 'Home' ? 0 : event.key === 'End' ? last : event.key in steps ? Math.min(last, Math.max(0, at + steps[event.key])) : -1;
    if (next < 0) return;
    event.preventDefault();
    emit(this, 'bw-trial', this.ranking[next]);
  }

  override render() {
    const width = side * 2 + Math.max(1, this.axes.length - 1) * apart;
    const x = (index: number): number => side + index * apart;
    const y = (place: number): number => bottom - place * (bottom - top);
    const points = (index: number): string =>
      this.axes
        .flatMap(({ places }, axis) => (places[index] === null ? [] : [`${x(axis)},${y(places[index] as number).toFixed(1)}`]))
        .join(' ');
    const near = new Set(this.ranking.slice(1, Math.ceil(this.ranking.length / 4)));
    const kind = (trial: number): string =>
      trial === this.looked ? 'looked' : trial === this.ranking[0] ? 'best' : near.has(trial) ? 'near' : '';
    // Drawn from the worst to the best, so that the best lie above.
    const order = this.ranking.toReversed().map((trial) => this.trials.indexOf(trial));
    return html`<div class="scroll" tabindex="0" role="group" aria-roledescription="parallel coordinates" aria-label="Trials over their values; arrow keys go from the best to the worst" @keydown=${this.#key}>
      <svg viewBox="0 0 ${width} ${height}" ${customProperties({ '--narrowest': `${Math.min(width, 560)}px` })} preserveAspectRatio="xMidYMid meet" aria-hidden="true">
        ${this.axes.map(
          ({ title, marks }, axis) => svg`<line class="axis" x1=${x(axis)} x2=${x(axis)} y1=${top} y2=${bottom} />
            <text class="title" x=${x(axis)} y="12" text-anchor="middle">${title}</text>
            ${marks.map(({ at, text }) => svg`<text x=${x(axis) + 6} y=${y(at) + (at === 0 ? 14 : -5)} text-anchor="start">${text}</text>`)}`,
        )}
        ${order.map((index) => svg`<polyline class=${kind(this.trials[index])} points=${points(index)} />`)}
        ${order.map((index) => svg`<polyline class="hit" points=${points(index)} @click=${() => emit(this, 'bw-trial', this.trials[index])} />`)}
      </svg></div>
      <p class="small" role="status">${this.words || nothing}</p>`;
  }
}
