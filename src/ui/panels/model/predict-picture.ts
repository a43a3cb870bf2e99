/** A model of pictures in use: draw one, open one or paste one, and see at once what the model takes it for. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import { resizePicture } from '../../../data/pictures/resize.js';
import type { Picture, PictureColumn } from '../../../data/table.js';
import type { Models, Prediction } from '../../../infer/models.js';
import type { PictureSize } from '../../../spec/field.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { datasetsContext, modelsContext } from '../../contexts/services.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { isCancelled } from '../../problem.js';
import { panelStyles } from '../panel-styles.js';
import { answer } from './answer.js';
import { predictStyles } from './predict-styles.js';
import '../../elements/draw-pad.js';
import '../../elements/picture.js';
import type { DrawPad } from '../../elements/draw-pad.js';

@customElement('bw-predict-picture')
export class PredictPicture extends LitElement {
  static override styles = [
    ...panelStyles,
    predictStyles,
    css`
      .give { display: grid; gap: var(--space-3); grid-template-columns: minmax(180px, 320px) minmax(0, 1fr); align-items: start; }
      .ways { display: grid; gap: var(--space-3); justify-items: start; }
      .seen { inline-size: 96px; display: grid; gap: var(--space-1); font-size: var(--size-1); color: var(--text-soft); }
      .over { outline: 2px dashed var(--accent); outline-offset: 4px; border-radius: var(--radius); }
      @media (max-width: 520px) { .give { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  @property({ attribute: false }) model!: ModelRecord;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @state() private prediction: Prediction | undefined;
  @state() private seen: PictureColumn | undefined;
  @state() private problem: unknown;
  @state() private over = false;
  @query('input[type=file]') private readonly picker!: HTMLInputElement;
  @query('bw-draw-pad') private readonly pad!: DrawPad;
  #asking: AbortController | undefined;
  readonly #pasted = (event: ClipboardEvent): void => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (file) void this.#open(file);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('paste', this.#pasted);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('paste', this.#pasted);
    this.#asking?.abort();
  }

  get #field(): { name: string; size: PictureSize } {
    const field = this.model.fields.find(({ type }) => type === 'picture');
    if (!field?.picture) throw new Error('This model does not read pictures.');
    return { name: field.name, size: field.picture };
  }

  /** The newest picture alone is answered: an older question is cancelled. */
  async #ask(picture: Picture | null): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.problem = undefined;
    if (!picture) {
      this.prediction = undefined;
      this.seen = undefined;
      return;
    }
    const { name, size } = this.#field;
    try {
      // What the model sees: of the size that it learnt from.
      this.seen = { kind: 'picture', size, pixels: resizePicture(picture, size) };
      const [prediction] = await this.models.predict(this.model.id, [{ [name]: { ...size, pixels: this.seen.pixels } }], asking.signal);
      if (asking === this.#asking) this.prediction = prediction;
    } catch (thrown) {
      if (asking === this.#asking && !isCancelled(thrown)) this.problem = thrown;
    }
  }

  async #open(file: File): Promise<void> {
    this.pad.clear();
    await this.#ask(null);
    const opening = this.#asking;
    try {
      const picture = await this.datasets.decodePicture(file, this.#field.size);
      // Whoever drew or opened another one meanwhile is not interrupted.
      if (opening === this.#asking) await this.#ask(picture);
    } catch (thrown) {
      if (opening === this.#asking) this.problem = thrown;
    }
  }

  async #paste(): Promise<void> {
    try {
      for (const item of await navigator.clipboard.read()) {
        const type = item.types.find((each) => each.startsWith('image/'));
        if (type) return await this.#open(new File([await item.getType(type)], 'The pasted picture', { type }));
      }
      throw new Error('There is no picture in the clipboard. Copy one first.');
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  #dropped(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    const file = event.dataTransfer?.files[0];
    if (file) void this.#open(file);
  }

  #dragged(event: DragEvent): void {
    event.preventDefault();
    this.over = event.type === 'dragover';
  }

  override render() {
    return html`<section class="card" aria-labelledby="use"><h2 id="use">Use it</h2><div class="use">
      <div class="give ${this.over ? 'over' : ''}" @drop=${this.#dropped} @dragover=${this.#dragged} @dragleave=${this.#dragged}>
        <bw-draw-pad @bw-picture=${(event: CustomEvent<Picture | null>) => this.#ask(event.detail)}></bw-draw-pad>
        <div class="ways">
          <p class="soft">Draw, or give a picture: open it, drop it here, or paste it with Ctrl+V.</p>
          <div class="row"><button type="button" @click=${() => this.picker.click()}>${icon('file')} Open a picture</button>
            <button type="button" @click=${() => this.#paste()}>${icon('paste')} Paste</button></div>
          <input type="file" hidden accept="image/png,image/jpeg,image/webp" aria-label="Open a picture" @change=${() => {
            const [file] = this.picker.files ?? [];
            if (file) void this.#open(file);
            this.picker.value = '';
          }} />
          ${this.seen ? html`<div class="seen"><bw-picture .column=${this.seen} label="What the model sees"></bw-picture>What the model sees</div>` : nothing}
        </div>
      </div>
      <div class="answer" role="group" aria-label="Prediction">${this.#answer()}</div>
    </div></section>`;
  }

  #answer() {
    if (this.problem) return problemNotice(this.problem);
    if (!this.prediction) return html`<p class="soft">${this.seen ? 'Predicting…' : 'Its answer comes here while you draw.'}</p>`;
    return answer(this.model.target, this.prediction);
  }
}
