/** Bounds of a column in each row group, side by side: whether a condition on it can leave some unread is seen at a glance. */
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.js';

const height = 28;
const most = 60;

@customElement('bw-bounds-picture')
export class BoundsPicture extends LitElement {
  static override styles = [
    base,
    css`
      svg { display: block; inline-size: 100%; block-size: 28px; }
      rect { fill: color-mix(in oklab, var(--series-1) 62%, var(--surface)); }
    `,
  ];

  @property({ attribute: false }) bounds: readonly { minimum: number; maximum: number }[] = [];
  /** What the picture shows, in words. */
  @property() label = '';

  override render() {
    const step = Math.max(1, this.bounds.length / most);
    const shown = Array.from({ length: Math.min(most, this.bounds.length) }, (_, index) => this.bounds[Math.floor(index * step)]);
    const lowest = Math.min(...shown.map(({ minimum }) => minimum));
    const highest = Math.max(...shown.map(({ maximum }) => maximum));
    const scale = highest > lowest ? height / (highest - lowest) : 0;
    const width = 100 / Math.max(1, shown.length);
    return html`<svg viewBox="0 0 100 ${height}" preserveAspectRatio="none" role="img" aria-label=${this.label}>
      ${shown.map(({ minimum, maximum }, index) => {
        // A row group of one value stays visible.
        const size = Math.max(1.5, (maximum - minimum) * scale);
        const top = Math.min(height - size, height - (maximum - lowest) * scale);
        return svg`<rect x=${index * width} y=${scale === 0 ? height / 2 : top} width=${width * 0.82} height=${size} />`;
      })}
    </svg>`;
  }
}
