/** One picture, pixel by pixel. */
import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PictureColumn } from '../../data/table.js';
import { base } from '../styles/base.js';
import { imageOf } from './pixels.js';

@customElement('bw-picture')
export class PictureElement extends LitElement {
  static override styles = [
    base,
    css`
      :host { display: block; }
      canvas { display: block; inline-size: 100%; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; border-radius: var(--radius-small); background: var(--surface-sunk); }
    `,
  ];

  @property({ attribute: false }) column: PictureColumn | undefined;
  @property({ type: Number }) row = 0;
  /** What it shows, in words. */
  @property() label = '';
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  protected override updated(): void {
    if (!this.column) return;
    const { height, width } = this.column.size;
    Object.assign(this.canvas, { height, width });
    this.canvas.getContext('2d')?.putImageData(imageOf(this.column, this.row), 0, 0);
  }

  override render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }
}
