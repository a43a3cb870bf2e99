/**
 * The loss as the learning rate rises, over a logarithmic axis. The arrow keys choose a rate; whoever does not choose has the suggestion. Says
 * `bw-rate` with the rate that is looked at; a table beside it holds the same in words.
 */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RatePoint } from '../../spec/learning-rate.js';
import { emit } from '../events.js';
import { score } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';

const size = { width: 560, height: 220, left: 44, right: 12, top: 22, bottom: 194 };
/** Rows of the table. */
const mostRows = 24;

export const rateText = (rate: number): string => String(Number(rate.toPrecision(3)));

@customElement('bw-rate-curve')
export class RateCurveElement extends LitElement {
  static override styles = [
    base,
    controls,
    tables,
    css`
      .plot { overflow-x: auto; border-radius: var(--radius-small); }
      svg { display: block; inline-size: 100%; min-inline-size: 460px; }
      text { font: 11px var(--font-figures); fill: var(--text-soft); }
      .grid { stroke: var(--line); stroke-width: 1; }
      polyline { fill: none; stroke-linejoin: round; }
      .raw { stroke: var(--series-1); stroke-width: 1; opacity: 0.35; }
      .smooth { stroke: var(--series-1); stroke-width: 2.25; }
      .mark { stroke: var(--good); stroke-width: 1.5; stroke-dasharray: 3 3; }
      .chosen { fill: var(--good); }
      text.chosen { font-weight: 600; }
      .key { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); font-size: var(--size-1); color: var(--text-soft); }
      .scroll { max-block-size: 260px; }
    `,
  ];

  @property({ attribute: false }) points: readonly RatePoint[] = [];
  /** The rate that is looked at. */
  @property({ type: Number }) rate = 0;

  #key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    const last = this.points.length - 1;
    if (!(event.key in steps) && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? last : this.#nearest + steps[event.key];
    emit(this, 'bw-rate', Number(rateText(this.points[Math.min(last, Math.max(0, next))].rate)));
  }

  /** Of the points, the one next to the rate that is looked at. */
  get #nearest(): number {
    const distance = (at: number): number => Math.abs(Math.log(this.points[at].rate / this.rate));
    return this.points.reduce((best, _, at) => (distance(at) < distance(best) ? at : best), 0);
  }

  override render() {
    const { points, rate } = this;
    if (points.length < 2) return html`<p class="soft">The curve begins with the first steps.</p>`;
    const logs = points.map((point) => Math.log10(point.rate));
    const [first, last] = [logs[0], Math.max(logs[logs.length - 1], logs[0] + 1)];
    const smoothed = points.map((point) => point.smoothed);
    const least = Math.min(...smoothed);
    // What diverges would press all that matters to the floor.
    const most = Math.min(Math.max(...smoothed), Math.max(smoothed[0], ...smoothed.slice(0, Math.ceil(points.length / 2))) * 1.5);
    const x = (log: number): number => size.left + ((log - first) / (last - first)) * (size.width - size.left - size.right);
    const y = (loss: number): number =>
      size.bottom - ((Math.min(most, Math.max(least, loss)) - least) / (most - least || 1)) * (size.bottom - size.top);
    const line = (of: (point: RatePoint) => number): string =>
      points.map((point, at) => `${x(logs[at]).toFixed(1)},${y(of(point)).toFixed(1)}`).join(' ');
    const powers = Array.from({ length: Math.floor(last) - Math.ceil(first) + 1 }, (_, at) => Math.ceil(first) + at);
    const words = `Loss of ${points.length} steps: from ${score(smoothed[0])} at a rate of ${rateText(points[0].rate)}, lowest ${score(least)} at ${rateText(points[smoothed.indexOf(least)].rate)}.`;
    const at = rate > 0 ? this.#nearest : -1;
    return html`<div class="plot" tabindex="0" role="group" aria-roledescription="chart" aria-label="${words}${at < 0 ? '' : ' Arrow keys choose a rate.'}" @keydown=${this.#key}>
        <svg viewBox="0 0 ${size.width} ${size.height}" aria-hidden="true">
          ${[least, (least + most) / 2, most].map((loss) => svg`<line class="grid" x1=${size.left} x2=${size.width - size.right} y1=${y(loss)} y2=${y(loss)} /><text x=${size.left - 6} y=${y(loss) + 4} text-anchor="end">${score(loss)}</text>`)}
          ${powers.map((power) => svg`<text x=${x(power)} y=${size.height - 8} text-anchor="middle">${power >= -4 && power <= 3 ? String(Number((10 ** power).toPrecision(1))) : `1e${power}`}</text>`)}
          <polyline class="raw" points=${line(({ loss }) => loss)} /><polyline class="smooth" points=${line((point) => point.smoothed)} />
          ${
            at < 0
              ? nothing
              : svg`<line class="mark" x1=${x(Math.log10(rate))} x2=${x(Math.log10(rate))} y1=${size.top - 4} y2=${size.bottom} />
            <circle class="chosen" cx=${x(Math.log10(rate))} cy=${y(points[at].smoothed)} r="4.5" />
            <text class="chosen" x=${Math.min(size.width - 40, Math.max(size.left + 24, x(Math.log10(rate))))} y="12" text-anchor="middle">${rateText(rate)}</text>`
          }
        </svg></div>
      <p class="key" aria-hidden="true"><span>bold: smoothed loss</span><span>thin: of each step</span><span>across: learning rate</span></p>
      ${at < 0 ? nothing : html`<p class="visually-hidden" role="status">Rate ${rateText(rate)}, loss ${score(points[at].smoothed)}.</p>`}
      <details><summary>As a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Rates and losses"><table>
        <thead><tr><th scope="col" class="number">Rate</th><th scope="col" class="number">Smoothed loss</th><th scope="col" class="number">Loss</th></tr></thead>
        <tbody>${points
          .filter((_, index) => index % Math.ceil(points.length / mostRows) === 0)
          .map(
            (point) =>
              html`<tr><td class="number">${rateText(point.rate)}</td><td class="number">${score(point.smoothed)}</td><td class="number">${score(point.loss)}</td></tr>`,
          )}</tbody></table></div></details>`;
  }
}
