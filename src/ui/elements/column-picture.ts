/**
 * How a column's values are spread. Numbers: bins, the long tails beside them, and below a line from the 5th to the 95th of a hundred, thick for
 * the middle half, with the median. Categories: a bar for each of the most frequent. What is missing stands hatched at the end.
 */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isNumeric } from '../../spec/field-type.js';
import type { ProfiledColumn } from '../../spec/profile.js';
import { base } from '../styles/base.js';
import { columnInWords } from './profile-words.js';

const width = 240;
const height = 60;
const gap = 1;
/** Room for the bars of tails and of what is missing. */
const sideBar = 9;
const sideGap = 5;
const mostBars = 12;
const line = 8;
const widestBar = 30;

@customElement('bw-column-picture')
export class ColumnPicture extends LitElement {
  static override styles = [
    base,
    css`
      svg { display: block; inline-size: 100%; block-size: var(--picture-height, 56px); overflow: visible; }
      .bin { fill: color-mix(in oklab, var(--series-1) 62%, var(--surface)); }
      .tail { fill: color-mix(in oklab, var(--series-1) 30%, var(--surface)); }
      .missing { fill: url(#hatch); stroke: var(--warn); stroke-width: 0.7; vector-effect: non-scaling-stroke; }
      .hatch { stroke: var(--warn); stroke-width: 2; }
      .range { stroke: var(--line-strong); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
      .middle { stroke: var(--series-2); stroke-width: 4; vector-effect: non-scaling-stroke; }
      .median { stroke: var(--text); stroke-width: 2; vector-effect: non-scaling-stroke; }
      .ground { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
    `,
  ];

  @property({ attribute: false }) column: ProfiledColumn | undefined;
  @property({ type: Number }) rows = 0;

  override render() {
    const { column, rows } = this;
    if (!column) return nothing;
    const { counts, below, above } = bars(column);
    const scale = height - line - 4;
    const tallest = Math.max(1, ...counts, column.missing > 0 && counts.length === 0 ? column.missing : 0);
    const start = below > 0 ? sideBar + sideGap : 0;
    const end = width - (above > 0 ? sideBar + sideGap : 0) - (column.missing > 0 ? sideBar + sideGap : 0);
    // A few values are bars, not blocks.
    const step = Math.min((end - start) / Math.max(1, counts.length), isNumeric(column.type) ? width : widestBar);
    // What is there at all stays visible; what is beyond the scale is cut off.
    const tall = (value: number): number => (value === 0 ? 0 : Math.max(1.5, Math.min(1, value / tallest) * scale));
    const bar = (x: number, wide: number, value: number, kind: string) =>
      svg`<rect class=${kind} x=${x.toFixed(2)} y=${(scale - tall(value)).toFixed(2)} width=${Math.max(0.5, wide).toFixed(2)} height=${tall(value).toFixed(2)} />`;
    return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="Spread of ${column.name}: ${columnInWords(column, rows) || 'no values'}">
      <defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" y2="5" /></pattern></defs>
      <line class="ground" x1="0" x2=${width} y1=${scale} y2=${scale} />
      ${below > 0 ? bar(0, sideBar, below, 'tail') : nothing}
      ${counts.map((value, index) => bar(start + index * step, step - (step > 12 ? 3 * gap : step > 3 ? gap : 0), value, 'bin'))}
      ${above > 0 ? bar(end + sideGap, sideBar, above, 'tail') : nothing}
      ${column.missing > 0 ? bar(width - sideBar, sideBar, column.missing, 'missing') : nothing}
      ${this.#quantiles(column, start, end)}
    </svg>`;
  }

  #quantiles({ numbers }: ProfiledColumn, start: number, end: number) {
    if (!numbers) return nothing;
    const { from, to } = numbers.histogram;
    const at = (value: number): string => {
      const place = to > from ? (value - from) / (to - from) : 0.5;
      return (start + Math.max(0, Math.min(1, place)) * (end - start)).toFixed(2);
    };
    const [, , low, quarter, median, threeQuarters, high] = numbers.quantiles;
    const y = height - line / 2 - 1;
    return svg`<line class="range" x1=${at(low)} x2=${at(high)} y1=${y} y2=${y} />
      <line class="middle" x1=${at(quarter)} x2=${at(threeQuarters)} y1=${y} y2=${y} />
      <line class="median" x1=${at(median)} x2=${at(median)} y1=${y - line / 2} y2=${y + line / 2} />`;
  }
}

function bars({ type, numbers, top }: ProfiledColumn): { counts: readonly number[]; below: number; above: number } {
  if (isNumeric(type)) return numbers?.histogram ?? { counts: [], below: 0, above: 0 };
  return { counts: (top?.values ?? []).slice(0, mostBars).map(({ count }) => count), below: 0, above: 0 };
}
