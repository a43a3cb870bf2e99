/**
 * Thousands of pictures to look through: one canvas for each row in sight, and only those pages of pictures fetched. With the keyboard a
 * frame goes from picture to picture; what it stands on is said below.
 */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PictureSize } from '../../spec/field.js';
import { count } from '../format.js';
import { base } from '../styles/base.js';
import { customProperties } from './custom-properties.js';
import { Pages } from './pages.js';
import { type LoadPictures, type PicturePage, pageRows } from './picture-pages.js';
import { imageOf } from './pixels.js';

/** Pixels of the page for one picture at least, with the gap beside it: what a row has left over goes to its pictures. */
const smallestTile = 52;
const gap = 4;
/** Rows drawn above and below what is in sight. */
const margin = 3;

@customElement('bw-picture-grid')
export class PictureGrid extends LitElement {
  static override styles = [
    base,
    css`
      :host { display: block; }
      .scroll { block-size: min(560px, 70vh); overflow-y: auto; position: relative; border-radius: var(--radius-small); background: var(--surface-sunk); contain: strict; }
      .all { position: relative; block-size: var(--block); }
      canvas { position: absolute; inset-inline-start: 0; inset-block-start: var(--start); inline-size: var(--inline); block-size: var(--block); image-rendering: pixelated; }
      .frame { position: absolute; inset-inline-start: var(--left); inset-block-start: var(--start); inline-size: var(--tile); block-size: var(--tile); outline: 2px solid var(--accent); outline-offset: 1px; border-radius: 3px; pointer-events: none; }
      p { display: flex; justify-content: space-between; gap: var(--space-3); font-size: var(--size-2); color: var(--text-soft); margin-block-start: var(--space-2); }
    `,
  ];

  /** Pictures in all. */
  @property({ type: Number }) count = 0;
  @property({ attribute: false }) size!: PictureSize;
  @property({ attribute: false }) load!: LoadPictures;
  @state() private columns = 1;
  @state() private tile = smallestTile;
  @state() private top = 0;
  @state() private height = 0;
  @state() private current = 0;
  @state() private problem = '';
  #pages: Pages<PicturePage> | undefined;
  readonly #resized = new ResizeObserver(([{ contentRect }]) => {
    this.columns = Math.max(1, Math.floor(contentRect.width / smallestTile));
    this.tile = Math.max(smallestTile, contentRect.width / this.columns);
    this.height = contentRect.height;
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#scroll);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('load')) return;
    this.#pages = new Pages<PicturePage>(
      this.load,
      (problem) => {
        this.problem = problem instanceof Error ? problem.message : '';
        this.requestUpdate();
      },
      pageRows,
    );
  }

  get #scroll(): HTMLElement {
    return this.renderRoot.querySelector('.scroll') as HTMLElement;
  }

  /** `pitch`: pixels of a picture that a tile is wide; `block`: pixels of the page that a picture is high. */
  get #measures(): { pitch: number; block: number } {
    const { height, width } = this.size;
    const scale = (this.tile - gap) / Math.max(height, width);
    return { pitch: Math.round(this.tile / scale), block: height * scale };
  }

  get #visible(): { first: number; last: number } {
    const rows = Math.ceil(this.count / this.columns);
    const first = Math.max(0, Math.floor(this.top / this.tile) - margin);
    return { first, last: Math.min(rows, Math.ceil((this.top + this.height) / this.tile) + margin) };
  }

  protected override updated(): void {
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) this.#draw(canvas, Number(canvas.dataset.line));
  }

  #draw(canvas: HTMLCanvasElement, line: number): void {
    const { height } = this.size;
    const { pitch } = this.#measures;
    const first = line * this.columns;
    const pages = [Math.floor(first / pageRows), Math.floor(Math.min(this.count - 1, first + this.columns - 1) / pageRows)];
    const there = [...new Set(pages)].map((number) => (this.#pages?.of(number * pageRows) ? number : undefined)).join();
    const drawn = `${line} ${this.columns} ${pitch} ${this.count} ${there}`;
    // Canvases that show what they should are left alone: scrolling redraws only what came into sight.
    if (canvas.dataset.drawn === drawn) return;
    canvas.dataset.drawn = drawn;
    Object.assign(canvas, { width: this.columns * pitch, height });
    const context = canvas.getContext('2d');
    for (let column = 0; column < this.columns && first + column < this.count; column++) {
      const index = first + column;
      const page = this.#pages?.of(index);
      if (page) context?.putImageData(imageOf(page.column, index % pageRows), column * pitch, 0);
    }
  }

  #keyed(event: KeyboardEvent): void {
    const inSight = Math.max(1, Math.floor(this.height / this.tile)) * this.columns;
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -this.columns,
      ArrowDown: this.columns,
      PageUp: -inSight,
      PageDown: inSight,
      Home: -this.count,
      End: this.count,
    };
    if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    this.#goTo(Math.max(0, Math.min(this.count - 1, this.current + steps[event.key])));
    const top = Math.floor(this.current / this.columns) * this.tile;
    if (top < this.top) this.#scroll.scrollTop = top;
    else if (top + this.tile > this.top + this.height) this.#scroll.scrollTop = top + this.tile - this.height;
  }

  #goTo(index: number): void {
    this.current = index;
  }

  #pointed(event: PointerEvent): void {
    const bounds = this.#scroll.getBoundingClientRect();
    const column = Math.floor((event.clientX - bounds.left) / this.tile);
    const index = Math.floor((event.clientY - bounds.top + this.top) / this.tile) * this.columns + column;
    if (column < this.columns && index < this.count) this.#goTo(index);
  }

  override render() {
    const { first, last } = this.#visible;
    const lines = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    const { block } = this.#measures;
    const label = this.#pages?.of(this.current)?.labels[this.current % pageRows];
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Pictures; the arrow keys go from one to the next"
        @scroll=${() => {
          this.#pages?.again();
          this.top = this.#scroll.scrollTop;
        }} @keydown=${this.#keyed} @pointerdown=${this.#pointed}>
        <div class="all" ${customProperties({ '--block': `${Math.ceil(this.count / this.columns) * this.tile}px`, '--tile': `${this.tile - gap}px` })}>
          ${lines.map(
            (line) =>
              html`<canvas data-line=${line} aria-hidden="true" ${customProperties({ '--start': `${line * this.tile}px`, '--inline': `${this.columns * this.tile}px`, '--block': `${block}px` })}></canvas>`,
          )}
          <span class="frame" ${customProperties({ '--left': `${(this.current % this.columns) * this.tile}px`, '--start': `${Math.floor(this.current / this.columns) * this.tile}px` })}></span>
        </div></div>
      <p><span role="status">Picture ${count(this.current + 1)}${label ? html`: <b>${label}</b>` : nothing}</span><span>${this.problem || `${count(this.count)} in all`}</span></p>`;
  }
}
