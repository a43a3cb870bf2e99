/** Differences from a control, each with two intervals on one axis: a thick one of looking once, a thin one that always holds. The figures stand in the table beside it. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { figure } from '../format.js';
import { base } from '../styles/base.js';

export interface PlottedInterval {
  name: string;
  difference: number;
  fixed: { lower: number; upper: number };
  always: { lower: number; upper: number };
}

const size = { width: 560, left: 12, right: 12, row: 46, top: 8, axis: 30 };

@customElement('bw-interval-plot')
export class IntervalPlot extends LitElement {
  static override styles = [
    base,
    css`
      .plot { overflow-x: auto; }
      svg { display: block; inline-size: 100%; min-inline-size: 440px; max-inline-size: 680px; }
      text { font: 11px var(--font-figures); fill: var(--text-soft); }
      text.name { font: 600 12px var(--font); fill: var(--text); paint-order: stroke; stroke: var(--surface); stroke-width: 5px; }
      .zero { stroke: var(--line-strong); stroke-width: 1; }
      .always { stroke: var(--series-1); stroke-width: 1.5; }
      .fixed { stroke: var(--series-1); stroke-width: 7; opacity: 0.45; }
      circle { fill: var(--series-1); }
      .key { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); font-size: var(--size-1); color: var(--text-soft); }
    `,
  ];

  @property({ attribute: false }) intervals: readonly PlottedInterval[] = [];
  /** What is compared, for the label. */
  @property() what = '';

  override render() {
    const { intervals } = this;
    if (intervals.length === 0) return nothing;
    const ends = intervals.flatMap(({ always, fixed }) => [always.lower, always.upper, fixed.lower, fixed.upper]).filter(Number.isFinite);
    const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
    const span = high - low || 1;
    const bounded = (value: number): number => Math.min(high, Math.max(low, value));
    const x = (value: number): number => size.left + ((bounded(value) - low) / span) * (size.width - size.left - size.right);
    const height = size.top + intervals.length * size.row + size.axis;
    const foot = height - size.axis;
    const words = intervals
      .map(
        ({ name, difference, always }) =>
          `${name} ${figure(difference)}, always within ${figure(always.lower)} and ${figure(always.upper)}`,
      )
      .join('; ');
    const ticks = [low, 0, high].filter((value, index, all) => all.findIndex((other) => Math.abs(x(other) - x(value)) < 40) === index);
    return html`<div class="plot" tabindex="0" role="img" aria-label="${this.what}: ${words}."><svg viewBox="0 0 ${size.width} ${height}" aria-hidden="true">
        <line class="zero" x1=${x(0)} x2=${x(0)} y1=${size.top} y2=${foot} />
        ${intervals.map(({ name, difference, fixed, always }, index) => {
          const y = size.top + index * size.row + 30;
          return svg`<text class="name" x=${size.left} y=${y - 13}>${name}</text>
            <line class="always" x1=${x(always.lower)} x2=${x(always.upper)} y1=${y} y2=${y} />
            <line class="fixed" x1=${x(fixed.lower)} x2=${x(fixed.upper)} y1=${y} y2=${y} />
            <circle cx=${x(difference)} cy=${y} r="4.5" />`;
        })}
        ${ticks.map((value) => svg`<text x=${x(value)} y=${foot + 18} text-anchor=${value === low && low < 0 ? 'start' : value === high && high > 0 ? 'end' : 'middle'}>${figure(value)}</text>`)}
      </svg></div>
      <p class="key" aria-hidden="true"><span>thick: if looked at once, at the planned size</span><span>thin: however often it is looked at</span></p>`;
  }
}
