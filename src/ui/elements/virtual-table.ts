/**
 * A table of any number of rows and columns to scroll through: only what is in sight is drawn, and only its pages are fetched. One cell is
 * where the keyboard stands; what it holds is said below, whole.
 */
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Table } from '../../data/table.js';
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import { count } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { cellText } from './cell-text.js';
import { ColumnWidths } from './column-widths.js';
import { customProperties } from './custom-properties.js';
import { type LoadRows, Pages } from './pages.js';
import { contentHeight, furthest, offsetFor, offsetOf, rowsInSight, type Scrolling, scrollTopOf } from './scaled-scroll.js';
import { moved } from './table-keys.js';
import { virtualTableStyles } from './virtual-table-styles.js';
import './picture.js';

const textRow = 32;
const pictureRow = 56;
/** Cells of a page: wide tables are fetched fewer rows at a time. */
const pageCells = 8000;
const mostPageRows = 200;
/** Longer texts are cut where they are drawn; the whole one is below. */
const shownCharacters = 200;

@customElement('bw-virtual-table')
export class VirtualTable extends LitElement {
  static override styles = [base, controls, virtualTableStyles];

  /** Rows in all. */
  @property({ type: Number }) rows = 0;
  @property({ attribute: false }) fields: readonly Field[] = [];
  @property() target = '';
  @property() label = 'Rows';
  /** A new function empties the table. */
  @property({ attribute: false }) load!: LoadRows<Table>;
  /** Pixels of rows above what is in sight. */
  @state() private offset = 0;
  @state() private left = 0;
  @state() private view = { inline: 0, block: 0 };
  @state() private current = { row: 0, column: 0 };
  @state() private problem = '';
  #pages: Pages<Table> | undefined;
  #widths = new ColumnWidths([], 0);
  /** Where the scroll bar was put from here: hearing of it, nothing is to be done. */
  #put = 0;
  readonly #resized = new ResizeObserver(() => this.#measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#grid);
    // A wheel moves rows by what it says, however many stand behind a pixel of the scroll bar.
    this.#grid.addEventListener('wheel', (event) => this.#wheeled(event), { passive: false });
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('fields') || changed.has('rows')) this.#widths = new ColumnWidths(this.fields, this.rows);
    if (changed.has('load') || changed.has('fields')) {
      this.problem = '';
      const pageRows = Math.max(10, Math.min(mostPageRows, Math.floor(pageCells / Math.max(1, this.fields.length))));
      this.#pages = new Pages(
        this.load,
        (problem) => {
          this.problem = problem instanceof Error ? problem.message : '';
          this.requestUpdate();
        },
        pageRows,
      );
    }
  }

  get #grid(): HTMLElement {
    return this.renderRoot.querySelector('.grid') as HTMLElement;
  }

  get #rowHeight(): number {
    return this.fields.some(({ type }) => type === 'picture') ? pictureRow : textRow;
  }

  get #scrolling(): Scrolling {
    return { rows: this.rows, rowHeight: this.#rowHeight, view: Math.max(0, this.view.block - textRow) };
  }

  #measure(): void {
    const { clientWidth, clientHeight } = this.#grid;
    this.view = { inline: clientWidth, block: clientHeight };
  }

  #scrolled(): void {
    const { scrollTop, scrollLeft } = this.#grid;
    this.left = scrollLeft;
    if (Math.abs(scrollTop - this.#put) < 1) return;
    this.#put = scrollTop;
    this.offset = offsetOf(this.#scrolling, scrollTop);
  }

  #wheeled(event: WheelEvent): void {
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaY) <= Math.abs(event.deltaX)) return;
    const step = event.deltaMode === 1 ? this.#rowHeight : event.deltaMode === 2 ? this.#scrolling.view : 1;
    const to = Math.max(0, Math.min(furthest(this.#scrolling), this.offset + event.deltaY * step));
    // At either end the page scrolls on.
    if (to === this.offset) return;
    event.preventDefault();
    this.#scrollTo(to);
  }

  #scrollTo(offset: number): void {
    this.offset = Math.max(0, Math.min(furthest(this.#scrolling), offset));
    this.#grid.scrollTop = scrollTopOf(this.#scrolling, this.offset);
    // Browsers round it.
    this.#put = this.#grid.scrollTop;
  }

  #goTo(row: number, column: number): void {
    this.current = { row: Math.max(0, Math.min(this.rows - 1, row)), column: Math.max(0, Math.min(this.fields.length - 1, column)) };
    this.#scrollTo(offsetFor(this.#scrolling, this.offset, this.current.row));
    this.left = this.#grid.scrollLeft = this.#widths.leftFor(this.current.column, this.left, this.view.inline);
  }

  #keyed(event: KeyboardEvent): void {
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      this.#resize(this.current.column, this.#widths.width(this.current.column) + (event.key === 'ArrowLeft' ? -16 : 16));
      return;
    }
    const page = Math.max(1, Math.floor(this.#scrolling.view / this.#rowHeight) - 1);
    const to = moved(event, this.current, { rows: this.rows, columns: this.fields.length, page });
    if (!to) return;
    event.preventDefault();
    this.#goTo(to.row, to.column);
  }

  #resize(column: number, width: number): void {
    this.#widths.set(column, width);
    this.requestUpdate();
  }

  #dragged(event: PointerEvent, column: number): void {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget as HTMLElement;
    const from = event.clientX - this.#widths.width(column);
    handle.setPointerCapture(event.pointerId);
    const move = (to: PointerEvent): void => this.#resize(column, to.clientX - from);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true });
  }

  #again(): void {
    this.problem = '';
    this.#pages?.again();
  }

  #asked(event: SubmitEvent): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input') as HTMLInputElement;
    if (!(input.valueAsNumber >= 1)) return;
    this.#goTo(Math.floor(input.valueAsNumber) - 1, this.current.column);
    // In the middle of what is in sight it is found at once.
    this.#scrollTo(this.current.row * this.#rowHeight - this.#scrolling.view / 2);
  }

  override render() {
    const scrolling = this.#scrolling;
    const { first, last } = rowsInSight(scrolling, this.offset);
    const columns = this.#widths.inSight(this.left, this.view.inline);
    const lines = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    const inSight = this.current.row >= first && this.current.row < last && columns.includes(this.current.column);
    return html`<div class="grid" role="grid" tabindex="0" aria-label="${this.label}; the arrow keys go from cell to cell"
        aria-rowcount=${this.rows + 1} aria-colcount=${this.fields.length + 1} aria-activedescendant=${inSight ? 'current' : nothing}
        @scroll=${this.#scrolled} @keydown=${this.#keyed}>
        <div class="content" role="presentation" ${customProperties({
          '--inline': `${this.#widths.total}px`,
          '--height': `${contentHeight(scrolling) + textRow}px`,
          '--view-inline': `${this.view.inline}px`,
          '--view-block': `${this.view.block}px`,
        })}><div class="view" role="presentation">
          <div class="head" role="row" aria-rowindex="1" ${customProperties({ '--row': `${textRow}px` })}>
            <span class="index" role="columnheader" aria-colindex="1" ${customProperties({ '--x': '0px', '--w': `${this.#widths.index}px` })}><span class="visually-hidden">Row</span></span>
            ${columns.map((column) => this.#head(column))}
          </div>
          ${lines.map((row) => this.#line(row, columns))}
        </div></div></div>
      <div class="below"><span role="status">${this.problem || this.#said()}</span>${this.problem ? html`<button type="button" @click=${this.#again}>Try again</button>` : nothing}
        <form @submit=${this.#asked}><label>Go to row <input type="number" min="1" max=${this.rows} inputmode="numeric" /></label><button type="submit">Go</button></form></div>`;
  }

  #head(column: number) {
    const { name, type } = this.fields[column];
    const kind = `${isNumeric(type) ? 'number' : ''} ${name === this.target ? 'target' : ''}`;
    return html`<span class=${kind} role="columnheader" aria-colindex=${column + 2} title=${name} ${customProperties(this.#place(column))}><span class="text">${name}</span>
      <span class="handle" aria-hidden="true" @pointerdown=${(event: PointerEvent) => this.#dragged(event, column)}></span></span>`;
  }

  #line(row: number, columns: readonly number[]) {
    const page = this.#pages?.of(row);
    const place = this.#pages ? row % this.#pages.rows : 0;
    const y = textRow + row * this.#rowHeight - this.offset;
    return html`<div class="line" role="row" aria-rowindex=${row + 2} ${customProperties({ '--y': `${y}px`, '--row': `${this.#rowHeight}px` })}>
      <span class="index" role="rowheader" aria-colindex="1" ${customProperties({ '--x': '0px', '--w': `${this.#widths.index}px` })}>${count(row + 1)}</span>
      ${columns.map((column) => {
        const { name, type } = this.fields[column];
        const current = row === this.current.row && column === this.current.column;
        const text = page && place < page.rows ? cellText(page.columns[column], place, type) : '';
        const kind = `${isNumeric(type) ? 'number' : ''} ${name === this.target ? 'target' : ''} ${current ? 'current' : ''} ${text === undefined ? 'missing' : ''}`;
        return html`<span class=${kind} role="gridcell" id=${current ? 'current' : nothing} aria-colindex=${column + 2} ${customProperties(this.#place(column))}
          @pointerdown=${() => {
            this.current = { row, column };
          }}>${page ? this.#content(page, column, place, text) : html`<span class="loading"></span>`}</span>`;
      })}
    </div>`;
  }

  #content(page: Table, index: number, place: number, text: string | undefined) {
    const column = page.columns[index];
    if (text === undefined) return 'missing';
    if (column?.kind === 'picture' && place < page.rows)
      return html`<bw-picture .column=${column} .row=${place} .label=${text}></bw-picture>`;
    return html`<span class="text">${text.length > shownCharacters ? text.slice(0, shownCharacters) : text}</span>`;
  }

  #place(column: number): { '--x': `${number}px`; '--w': `${number}px` } {
    return { '--x': `${this.#widths.start(column) - this.left}px`, '--w': `${this.#widths.width(column)}px` };
  }

  /** Where the keyboard stands, and what is there. */
  #said(): string {
    const { row, column } = this.current;
    const field = this.fields[column];
    if (!field || this.rows === 0) return 'There are no rows.';
    const page = this.#pages?.of(row);
    const place = row % (this.#pages?.rows ?? 1);
    const text = page && place < page.rows ? (cellText(page.columns[column], place, field.type) ?? 'missing') : '…';
    return `Row ${count(row + 1)} of ${count(this.rows)}, ${field.name}: ${text}`;
  }
}
