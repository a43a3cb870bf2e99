/** Values brought into an order, by dragging, or with the arrow keys on a value's handle. Says `bw-order` with all of them. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { emit } from '../events.js';
import { counted } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';

/** More would be a page of their own. */
const mostShown = 100;

@customElement('bw-order-list')
export class OrderList extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`
      ol { display: grid; gap: 2px; max-block-size: 320px; overflow: auto; border: 1px solid var(--line); border-radius: var(--radius-small); padding: var(--space-1); }
      li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--space-2); align-items: center; border-radius: var(--radius-small); background: var(--surface); }
      li.dragged { opacity: 0.5; }
      li.over { box-shadow: inset 0 2px 0 var(--accent); }
      li.over.below { box-shadow: inset 0 -2px 0 var(--accent); }
      .place { min-inline-size: 2ch; text-align: end; padding-inline-start: var(--space-2); font-size: var(--size-1); color: var(--text-soft); }
      .value { overflow-wrap: anywhere; }
      .handle { cursor: grab; touch-action: none; letter-spacing: -2px; }
    `,
  ];

  @property({ attribute: false }) values: readonly string[] = [];
  /** What is ordered, for whoever hears it. */
  @property() label = 'Order';
  @state() private dragged = -1;
  @state() private over = -1;
  @state() private said = '';

  #move(from: number, to: number): void {
    if (to < 0 || to >= this.values.length || from === to) return;
    const values = [...this.values];
    const [moved] = values.splice(from, 1);
    values.splice(to, 0, moved);
    this.values = values;
    this.said = `${moved}: place ${to + 1} of ${values.length}`;
    emit<string[]>(this, 'bw-order', values);
  }

  async #key(event: KeyboardEvent, index: number): Promise<void> {
    const last = this.values.length - 1;
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(last, to));
    this.#move(index, place);
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>('.handle')[place]?.focus();
  }

  /** Pointers of every kind: a finger drags as a mouse does. */
  #drag(event: PointerEvent, index: number): void {
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    this.dragged = index;
    this.over = index;
  }

  #dragOver({ clientY }: PointerEvent): void {
    if (this.dragged < 0) return;
    const items = [...this.renderRoot.querySelectorAll('li')];
    const found = items.findIndex((item) => clientY < item.getBoundingClientRect().bottom);
    this.over = found < 0 ? items.length - 1 : found;
  }

  #drop(): void {
    if (this.dragged >= 0) this.#move(this.dragged, this.over);
    this.dragged = -1;
    this.over = -1;
  }

  override render() {
    const { values, label, dragged, over } = this;
    const classOf = (index: number): string => {
      if (dragged < 0) return '';
      return index === dragged ? 'dragged' : index === over ? `over ${over > dragged ? 'below' : ''}` : '';
    };
    return html`<p class="hint" id="how">From the least to the greatest. Drag by the handle, or press the arrow keys on it.</p>
      <ol aria-label=${label} tabindex=${values.length > 8 ? '0' : nothing}>${values.slice(0, mostShown).map(
        (
          value,
          index,
        ) => html`<li class=${classOf(index)}><span class="place figures" aria-hidden="true">${index + 1}</span><span class="value">${value}</span>
        <button type="button" class="quiet icon-only handle" aria-label="Move ${value}, place ${index + 1} of ${values.length}" aria-describedby="how"
          @keydown=${(event: KeyboardEvent) => this.#key(event, index)} @pointerdown=${(event: PointerEvent) => this.#drag(event, index)}
          @pointermove=${this.#dragOver} @pointerup=${this.#drop} @pointercancel=${() => {
            this.dragged = -1;
            this.over = -1;
          }}>⋮⋮</button></li>`,
      )}</ol>
      ${values.length > mostShown ? html`<p class="hint">And ${counted(values.length - mostShown, 'more value')}, which follow as they are.</p>` : nothing}
      <p class="visually-hidden" role="status">${this.said}</p>`;
  }
}
