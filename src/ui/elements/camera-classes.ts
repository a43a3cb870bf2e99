/**
 * Pictures from the camera, class by class: a button is held while pictures of a class are taken. Says `bw-source` with all of them as a
 * folder, and `bw-close` when it is not wanted any more.
 */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Source, SourceFile } from '../../data/source.js';
import type { PictureColumn } from '../../data/table.js';
import { emit } from '../events.js';
import { counted } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { Camera } from './camera.js';
import { icon } from './icon.js';
import { imageOf } from './pixels.js';
import { problemNotice } from './problem-notice.js';
import './picture.js';

/** Milliseconds between pictures while the button is held. */
const interval = 120;
/** Of one class. */
const most = 1000;
/** Of each class that are shown, the newest first. */
const shown = 12;

interface TakenClass {
  name: string;
  pictures: PictureColumn[];
}

@customElement('bw-camera-classes')
export class CameraClasses extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); padding: var(--space-4); border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); }
      .parts { display: grid; grid-template-columns: minmax(160px, 240px) minmax(0, 1fr); gap: var(--space-4); align-items: start; }
      video { display: block; inline-size: 100%; aspect-ratio: 1; object-fit: cover; border-radius: var(--radius-small); background: #000; }
      ol { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); list-style: none; padding: 0; margin: 0; }
      li { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-2); }
      .hold { touch-action: none; user-select: none; }
      .row { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: end; }
      .row label { flex: 1 1 120px; min-inline-size: 0; }
      .held { background: var(--bad); color: var(--on-accent); border-color: transparent; }
      .taken { display: grid; grid-template-columns: repeat(auto-fill, minmax(44px, 1fr)); gap: var(--space-1); max-inline-size: 640px; }
      .taken button { padding: 0; min-block-size: 0; border-radius: var(--radius-small); overflow: hidden; }
      .count { font: var(--size-2) var(--font-figures); color: var(--text-soft); min-inline-size: 12ch; align-self: center; }
      @media (max-width: 560px) { .parts { grid-template-columns: minmax(0, 1fr); } video { max-inline-size: 240px; } }
    `,
  ];

  @state() private classes: TakenClass[] = [
    { name: 'One', pictures: [] },
    { name: 'Other', pictures: [] },
  ];
  @state() private problem: unknown;
  @state() private holding = -1;
  @query('video') private readonly video!: HTMLVideoElement;
  #camera: Camera | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  protected override firstUpdated(): void {
    void this.#turnOn();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
    this.#camera?.close();
    this.#camera = undefined;
  }

  async #turnOn(): Promise<void> {
    this.problem = undefined;
    try {
      const camera = await Camera.open(this.video);
      // Closed while the browser was asking.
      if (!this.isConnected) camera.close();
      else this.#camera = camera;
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  #hold(index: number): void {
    if (!this.#camera || this.holding === index) return;
    this.holding = index;
    const take = (): void => {
      const { pictures } = this.classes[index];
      if (this.#camera && pictures.length < most) pictures.push(this.#camera.picture());
      this.requestUpdate();
    };
    take();
    this.#timer = setInterval(take, interval);
  }

  /** Captured, so that what moves below the pointer meanwhile lets nothing go. */
  #press(event: PointerEvent, index: number): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#hold(index);
  }

  /** The focus leaves a button only when the next one is held already. */
  #release(index = this.holding): void {
    if (index !== this.holding) return;
    clearInterval(this.#timer);
    this.holding = -1;
  }

  /** Held with the keyboard as with the pointer: a key that is held down repeats, and is let go once. */
  #keyed(event: KeyboardEvent, index: number): void {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.type === 'keyup') this.#release(index);
    else this.#hold(index);
  }

  #change(change: (classes: TakenClass[]) => TakenClass[]): void {
    this.#release();
    this.classes = change([...this.classes]);
  }

  get #missing(): string {
    const names = this.classes.map(({ name }) => name.trim());
    if (names.some((name) => name === '' || /[/\\]/.test(name))) return 'Every class needs a name, without / or \\.';
    if (new Set(names).size < names.length) return 'Two classes have the same name.';
    return this.classes.filter(({ pictures }) => pictures.length > 0).length < 2 ? 'Take pictures of at least two classes.' : '';
  }

  async #done(): Promise<void> {
    const files = await Promise.all(
      this.classes.flatMap(({ name, pictures }) =>
        pictures.map(async (picture, index): Promise<SourceFile> => {
          const path = `${name.trim()}/${String(index + 1).padStart(4, '0')}.png`;
          return { path, file: new File([await pngOf(picture)], path) };
        }),
      ),
    );
    emit<Source>(this, 'bw-source', { kind: 'pictures', name: 'Camera pictures', files });
  }

  override render() {
    const missing = this.#missing;
    return html`<h2>Pictures from the camera</h2>
      ${this.problem ? problemNotice(this.problem, html`<button type="button" @click=${() => this.#turnOn()}>Try again</button>`) : nothing}
      <div class="parts"><video muted playsinline aria-label="What the camera sees"></video>
        <ol aria-label="Classes">${this.classes.map((each, index) => this.#class(each, index))}</ol></div>
      <p class="hint" role="status">${missing}</p>
      <div class="row">
        <button type="button" class="primary" ?disabled=${missing !== ''} @click=${() => this.#done()}>Use these pictures</button>
        <button type="button" @click=${() => this.#change((classes) => [...classes, { name: `Class ${classes.length + 1}`, pictures: [] }])}>Add a class</button>
        <button type="button" class="quiet" @click=${() => emit(this, 'bw-close')}>Close the camera</button>
      </div>`;
  }

  #class(each: TakenClass, index: number) {
    const { name, pictures } = each;
    const first = Math.max(0, pictures.length - shown);
    return html`<li><div class="row">
        <label>Class<input .value=${name} maxlength="80" @input=${(event: Event) => {
          each.name = (event.target as HTMLInputElement).value;
          this.requestUpdate();
        }} /></label>
        <button type="button" class="hold ${this.holding === index ? 'held' : ''}" aria-label="Hold to take pictures of ${name}" aria-pressed=${this.holding === index} ?disabled=${Boolean(this.problem)}
          @pointerdown=${(event: PointerEvent) => this.#press(event, index)} @lostpointercapture=${() => this.#release(index)} @blur=${() => this.#release(index)}
          @keydown=${(event: KeyboardEvent) => this.#keyed(event, index)} @keyup=${(event: KeyboardEvent) => this.#keyed(event, index)}>Hold to take pictures</button>
        <span class="count" role="status">${counted(pictures.length, 'picture')}</span>
        ${this.classes.length > 2 ? html`<button type="button" class="quiet icon-only" aria-label="Remove the class ${name}" title="Remove" @click=${() => this.#change((classes) => classes.toSpliced(index, 1))}>${icon('remove')}</button>` : nothing}
      </div>
      ${
        pictures.length > 0
          ? html`<div class="taken">${pictures
              .slice(first)
              .map(
                (picture, place) =>
                  html`<button type="button" title="Take it away" @click=${() => this.#take(each, first + place)}><bw-picture .column=${picture} label="Take picture ${first + place + 1} of ${name} away"></bw-picture></button>`,
              )
              .reverse()}</div>`
          : nothing
      }</li>`;
  }

  #take(each: TakenClass, index: number): void {
    each.pictures.splice(index, 1);
    this.requestUpdate();
  }
}

async function pngOf(picture: PictureColumn): Promise<Blob> {
  const { height, width } = picture.size;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(imageOf(picture, 0), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
