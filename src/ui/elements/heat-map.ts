/** Shares as cells of one colour, the larger the fuller: columns beside each other, their first number at the top. Decoration: its owner says it in words. */
import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../styles/base.js';
import { resolvedColor } from './resolved-color.js';

@customElement('bw-heat-map')
export class HeatMap extends LitElement {
  static override styles = [
    base,
    css`
      :host { block-size: 100%; }
      canvas { display: block; inline-size: 100%; block-size: 100%; image-rendering: pixelated; background: var(--surface-sunk); border-radius: 3px; }
    `,
  ];

  /** 0 … 1; undefined leaves a column empty. */
  @property({ attribute: false }) columns: readonly (readonly number[] | undefined)[] = [];
  /** The name of a token. */
  @property() color = '--series-1';
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #recolour = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#recolour);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#recolour);
  }

  protected override updated(): void {
    const height = Math.max(1, ...this.columns.map((column) => column?.length ?? 0));
    const width = Math.max(1, this.columns.length);
    Object.assign(this.canvas, { width, height });
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.fillStyle = resolvedColor(this, this.color);
    const most = Math.max(...this.columns.flatMap((column) => column ?? []), Number.EPSILON);
    for (const [x, column] of this.columns.entries()) {
      for (const [y, share] of (column ?? []).entries()) {
        if (share === 0) continue;
        // The square root lets few among many be seen.
        context.globalAlpha = 0.06 + 0.94 * Math.sqrt(share / most);
        context.fillRect(x, y, 1, 1);
      }
    }
  }

  override render() {
    return html`<canvas aria-hidden="true"></canvas>`;
  }
}
