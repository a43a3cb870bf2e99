/**
 * Curves over epochs, drawn by uPlot, which is loaded when the first chart is. A text says what the picture shows.
 * Redrawn only when its data change: how often that may be is the owner's business.
 */
import { css, html, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type uPlot from 'uplot';
import chartStyles from 'uplot/dist/uPlot.min.css?inline';
import { base } from '../styles/base.js';
import { type ChartSeries, chartOptions } from './line-chart-options.js';

const height = 220;

@customElement('bw-line-chart')
export class LineChart extends LitElement {
  static override styles = [
    base,
    unsafeCSS(chartStyles),
    css`
      .key { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); font-size: var(--size-1); color: var(--text-soft); }
      .key span { display: inline-flex; align-items: center; gap: 6px; }
      .key svg { inline-size: 22px; block-size: 4px; }
      .plot { min-block-size: ${height}px; overflow: hidden; }
    `,
  ];

  /** Positions, ascending: epochs. */
  @property({ attribute: false }) x: readonly number[] = [];
  @property({ attribute: false }) series: readonly ChartSeries[] = [];
  /** An upright line: the best epoch. */
  @property({ attribute: false }) mark: { at: number; label: string } | undefined;
  /** The picture in words. */
  @property() label = '';
  /** The right end of the axis, so that the picture does not rescale with every epoch. */
  @property({ type: Number }) until = 0;

  /** The drawing code could not be loaded, for want of a connection: the words say what it would show. */
  @state() private wordsOnly = false;
  @query('.plot') private readonly plot!: HTMLElement;
  #chart: uPlot | undefined;
  #Chart: typeof uPlot | undefined;
  readonly #resizing = new ResizeObserver(() => this.#fit());
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #recolour = (): void => this.#rebuild();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#recolour);
    if (this.hasUpdated) this.#rebuild();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
    this.#scheme.removeEventListener('change', this.#recolour);
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  protected override async firstUpdated(): Promise<void> {
    try {
      this.#Chart = (await import('uplot')).default;
      this.#rebuild();
    } catch {
      this.wordsOnly = true;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const names = (series: readonly ChartSeries[]): string => series.map(({ name }) => name).join('\n');
    const before = changed.get('series');
    if (before && names(before) !== names(this.series)) this.#rebuild();
    else this.#chart?.setData(this.#data(), true);
  }

  #data(): uPlot.AlignedData {
    return [[...this.x], ...this.series.map(({ values }) => [...values])];
  }

  #rebuild(): void {
    if (!this.#Chart || !this.isConnected) return;
    this.#chart?.destroy();
    const options = chartOptions(this, this.series, () => ({ mark: this.mark, until: this.until }));
    this.#chart = new this.#Chart({ ...options, width: this.plot.clientWidth || 300, height }, this.#data(), this.plot);
    this.#resizing.observe(this.plot);
  }

  #fit(): void {
    const width = this.plot.clientWidth;
    if (this.#chart && width > 0 && width !== this.#chart.width) this.#chart.setSize({ width, height });
  }

  override render() {
    if (this.wordsOnly) return html`<p class="soft">${this.label}</p>`;
    return html`<div class="key" aria-hidden="true">${this.series.map(
      ({ name, color, dash }) =>
        html`<span><svg viewBox="0 0 22 4"><line x1="0" y1="2" x2="22" y2="2" stroke="var(${color})" stroke-width="2.5" stroke-dasharray=${dash ? dash.join(' ') : 'none'} /></svg>${name}</span>`,
    )}</div>
      <div class="plot" role="img" aria-label=${this.label}></div>`;
  }
}
