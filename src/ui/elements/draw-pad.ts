/** Something to draw on, with a finger, a pen, a mouse or the keyboard. Says `bw-picture` with what is drawn so far, null when that is nothing. */
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Picture } from '../../data/table.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';

interface Point {
  x: number;
  y: number;
}

interface Stroke {
  width: number;
  points: Point[];
}

/** Cells of the pad a side; what is said has as many. */
const side = 112;
const keyStep = 4;

@customElement('bw-draw-pad')
export class DrawPad extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host { display: grid; gap: var(--space-2); }
      .pad { position: relative; }
      canvas { display: block; inline-size: 100%; aspect-ratio: 1; touch-action: none; cursor: crosshair; border-radius: var(--radius); background: #000; }
      .hint { position: absolute; inset: 0; display: grid; place-content: center; color: #bbb; pointer-events: none; font-size: var(--size-3); }
      .row { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: end; }
      label { min-inline-size: 110px; flex: 1; }
    `,
  ];

  /** What to draw, in words. */
  @property() prompt = 'Draw here';
  @state() private strokes: Stroke[] = [];
  @state() private width = 12;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  #drawing: Stroke | undefined;
  #cursor: Point = { x: side / 2, y: side / 2 };
  #isDown = false;

  /** Empties the pad and says nothing. */
  clear(): void {
    this.strokes = [];
    this.#paint();
  }

  #place({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return { x: ((clientX - left) / width) * side, y: ((clientY - top) / height) * side };
  }

  #begin(at: Point): void {
    this.#drawing = { width: this.width, points: [at] };
    this.strokes = [...this.strokes, this.#drawing];
    this.#changed();
  }

  #goOn(at: Point): void {
    if (!this.#drawing) return;
    this.#drawing.points.push(at);
    this.#changed();
  }

  #pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.#begin(this.#place(event));
  }

  #moved(event: PointerEvent): void {
    if (!this.#drawing) return;
    // The places between two frames make a stroke smooth.
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length > 0 ? all : [event]) this.#drawing.points.push(this.#place(each));
    this.#changed();
  }

  #released(): void {
    this.#drawing = undefined;
  }

  #keyed(event: KeyboardEvent): void {
    const moves: Record<string, Point> = {
      ArrowLeft: { x: -keyStep, y: 0 },
      ArrowRight: { x: keyStep, y: 0 },
      ArrowUp: { x: 0, y: -keyStep },
      ArrowDown: { x: 0, y: keyStep },
    };
    if (event.key === ' ') {
      event.preventDefault();
      this.#isDown = !this.#isDown;
      if (this.#isDown) this.#begin({ ...this.#cursor });
      else this.#drawing = undefined;
    } else if (Object.hasOwn(moves, event.key)) {
      event.preventDefault();
      const bounded = (value: number): number => Math.max(0, Math.min(side, value));
      this.#cursor = { x: bounded(this.#cursor.x + moves[event.key].x), y: bounded(this.#cursor.y + moves[event.key].y) };
      this.#goOn({ ...this.#cursor });
      this.#paint(true);
    } else if ((event.key === 'z' && (event.ctrlKey || event.metaKey)) || event.key === 'Backspace') {
      event.preventDefault();
      this.#undo();
    }
  }

  #undo(): void {
    this.strokes = this.strokes.slice(0, -1);
    this.#changed();
  }

  #changed(): void {
    this.requestUpdate();
    this.#paint();
    const context = this.canvas.getContext('2d');
    if (!context) return;
    const { data } = context.getImageData(0, 0, side, side);
    emit<Picture | null>(
      this,
      'bw-picture',
      this.strokes.length > 0 ? { height: side, width: side, channels: 4, pixels: new Uint8ClampedArray(data) } : null,
    );
  }

  #paint(withCursor = false): void {
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    context.fillStyle = '#000';
    context.fillRect(0, 0, side, side);
    Object.assign(context, { strokeStyle: '#fff', fillStyle: '#fff', lineCap: 'round', lineJoin: 'round' });
    for (const { width, points } of this.strokes) {
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(points[0].x, points[0].y);
      for (const { x, y } of points.length > 1 ? points.slice(1) : points) context.lineTo(x + 0.01, y);
      context.stroke();
    }
    if (!withCursor) return;
    Object.assign(context, { strokeStyle: '#8ab4ff', lineWidth: 1 });
    context.strokeRect(this.#cursor.x - this.width / 2, this.#cursor.y - this.width / 2, this.width, this.width);
  }

  protected override firstUpdated(): void {
    this.#paint();
  }

  override render() {
    const isEmpty = this.strokes.length === 0;
    return html`<div class="pad"><canvas width=${side} height=${side} tabindex="0" role="application"
        aria-label="${this.prompt}. With the keyboard: space begins and ends a stroke, the arrow keys move, backspace undoes."
        @pointerdown=${this.#pressed} @pointermove=${this.#moved} @pointerup=${this.#released} @pointercancel=${this.#released} @keydown=${this.#keyed}></canvas>
        ${isEmpty ? html`<span class="hint" aria-hidden="true">${this.prompt}</span>` : ''}</div>
      <div class="row">
        <button type="button" ?disabled=${isEmpty} @click=${this.#undo}>Undo</button>
        <button type="button" ?disabled=${isEmpty} @click=${() => {
          this.strokes = [];
          this.#changed();
        }}>Clear</button>
        <label>Brush<input type="range" min="3" max="24" .value=${String(this.width)} @input=${(event: Event) => {
          this.width = Number((event.target as HTMLInputElement).value);
        }} /></label>
      </div>`;
  }
}
