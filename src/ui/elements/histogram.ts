/** A small picture of a column: counts as bars, with the same content in words for who cannot see it. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.js';

const height = 28;
const barWidth = 6;
const gap = 1;

@customElement('bw-histogram')
export class Histogram extends LitElement {
  static override styles = [
    base,
    css`
      svg { display: block; inline-size: 100%; block-size: var(--histogram-height, 28px); }
      rect { fill: color-mix(in oklab, var(--series-1) 62%, var(--surface)); }
      rect.marked { fill: var(--series-2); }
      line { stroke: var(--text); stroke-width: 1; vector-effect: non-scaling-stroke; stroke-dasharray: 4 3; }
    `,
  ];

  @property({ attribute: false }) counts: readonly number[] = [];
  /** Of the counts, those that stand out. */
  @property({ attribute: false }) marked: readonly number[] = [];
  /** Where an upright line stands, from 0 at the left end to 1 at the right. */
  @property({ type: Number }) at: number | undefined;
  /** What the picture shows, in words. */
  @property() label = '';

  override render() {
    const tallest = Math.max(1, ...this.counts);
    const width = this.counts.length * (barWidth + gap) - gap;
    return html`<svg viewBox="0 0 ${Math.max(1, width)} ${height}" preserveAspectRatio="none" role="img" aria-label=${this.label}>
      ${this.#bars(this.counts, tallest, '')}
      ${this.#bars(this.marked, tallest, 'marked')}
      ${this.at === undefined ? nothing : svg`<line x1=${this.at * width} x2=${this.at * width} y1="0" y2=${height} />`}
    </svg>`;
  }

  #bars(counts: readonly number[], tallest: number, name: string) {
    return counts.map((count, index) => {
      // A bin with anything in it stays visible.
      const size = count === 0 ? 0 : Math.max(1, (count / tallest) * height);
      return svg`<rect class=${name} x=${index * (barWidth + gap)} y=${height - size} width=${barWidth} height=${size} />`;
    });
  }
}
