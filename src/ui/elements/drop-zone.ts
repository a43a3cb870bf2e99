/** Where one's own table comes in: dropped, picked, or pasted. Says `bw-source` with what to read; it reads nothing itself. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Source } from '../../data/source.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { icon } from './icon.js';

/** Walking through folders is not part of the first screen. */
const filesModule = () => import('./dropped-files.js');

/** What the picker offers; whatever is dropped is told apart by its bytes. */
const tables =
  '.csv,.tsv,.tab,.txt,.json,.ndjson,.jsonl,.geojson,.parquet,.arrow,.feather,.gz,.zip,text/csv,text/tab-separated-values,application/json';

@customElement('bw-drop-zone')
export class DropZone extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .zone { display: grid; gap: var(--space-3); justify-items: center; text-align: center; padding: var(--space-5) var(--space-4); border: 1.5px dashed var(--line-strong); border-radius: var(--radius); background: var(--surface); transition: border-color var(--quick), background var(--quick); }
      .zone.over { border-color: var(--accent); background: var(--accent-soft); }
      .big { color: var(--accent); }
      .big .icon { inline-size: 32px; block-size: 32px; }
      .title { font-size: var(--size-4); font-weight: 600; line-height: 1.3; }
      .row { display: flex; flex-wrap: wrap; gap: var(--space-2); justify-content: center; }
      form { display: grid; gap: var(--space-2); inline-size: min(640px, 100%); text-align: start; }
      textarea { font: var(--size-2) / 1.5 var(--font-figures); min-block-size: 140px; resize: vertical; }
    `,
  ];

  @property() heading = 'Drop a table or pictures here';
  @property() explanation =
    'CSV, JSON, Parquet or Arrow, packed or not; or a folder or zip of tables, or with a folder of pictures or texts for each class. It stays on this machine.';
  /** What the picker of files offers. */
  @property() accept = tables;
  /** Whether folders and pictures can be given. */
  @property({ type: Boolean }) folders = false;
  /** Whether several tables of one format are one table. */
  @property({ type: Boolean }) together = false;
  /** Whether pictures can be taken: says `bw-camera`. */
  @property({ type: Boolean }) camera = false;
  /** Whether text can be pasted as well. */
  @property({ type: Boolean }) pasting = false;

  @state() private over = false;
  @state() private pasteOpen = false;
  @query('input[type=file]') private readonly picker!: HTMLInputElement;
  @query('input[webkitdirectory]') private readonly folderPicker!: HTMLInputElement | null;
  @query('textarea') private readonly text!: HTMLTextAreaElement | null;

  /** Opens the picker of files, as the button does. */
  choose(): void {
    this.picker.click();
  }

  async #take(given: FileList | null): Promise<void> {
    // The list empties when the picker is cleared.
    const files = [...(given ?? [])];
    const { sourcesOf } = await filesModule();
    for (const source of sourcesOf(files, this.together)) emit<Source>(this, 'bw-source', source);
  }

  async #takeFolder(): Promise<void> {
    const files = [...(this.folderPicker?.files ?? [])];
    if (this.folderPicker) this.folderPicker.value = '';
    const { folderOf } = await filesModule();
    const source = folderOf(files);
    if (source) emit<Source>(this, 'bw-source', source);
  }

  async #dropped(event: DragEvent): Promise<void> {
    event.preventDefault();
    this.over = false;
    if (!event.dataTransfer) return;
    // Taken now: a drop is empty once it has been handled.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry());
    const files = [...event.dataTransfer.files];
    const { droppedSources } = await filesModule();
    for (const source of await droppedSources(entries, files, this.together)) emit<Source>(this, 'bw-source', source);
  }

  #dragged(event: DragEvent): void {
    event.preventDefault();
    this.over = event.type === 'dragover';
  }

  async #togglePaste(): Promise<void> {
    this.pasteOpen = !this.pasteOpen;
    await this.updateComplete;
    this.text?.focus();
  }

  #pasted(event: SubmitEvent): void {
    event.preventDefault();
    const text = this.text?.value ?? '';
    if (!text.trim()) return;
    this.pasteOpen = false;
    emit<Source>(this, 'bw-source', { kind: 'text', name: 'Pasted table', text });
  }

  override render() {
    return html`<div class="zone ${this.over ? 'over' : ''}" @drop=${this.#dropped} @dragover=${this.#dragged} @dragleave=${this.#dragged}>
      <span class="big">${icon('file')}</span>
      <div><p class="title">${this.heading}</p><p class="soft">${this.explanation}</p></div>
      <div class="row">
        <button type="button" class="primary" @click=${() => this.choose()}>Choose a file</button>
        ${this.folders ? html`<button type="button" @click=${() => this.folderPicker?.click()}>Choose a folder</button>` : nothing}
        ${this.pasting ? html`<button type="button" aria-expanded=${this.pasteOpen} @click=${this.#togglePaste}>${icon('paste')} Paste a table</button>` : nothing}
        ${this.camera ? html`<button type="button" @click=${() => emit(this, 'bw-camera')}>${icon('camera')} Use the camera</button>` : nothing}
      </div>
      <input type="file" hidden multiple accept=${`${this.accept}${this.folders ? ',.png,.jpg,.jpeg,.webp' : ''}`} aria-label=${this.heading}
        @change=${() => {
          this.#take(this.picker.files);
          this.picker.value = '';
        }} />
      ${this.folders ? html`<input type="file" hidden webkitdirectory aria-label="A folder" @change=${this.#takeFolder} />` : nothing}
      ${
        this.pasteOpen
          ? html`<form @submit=${this.#pasted}>
        <label>Rows, with column names in the first<textarea spellcheck="false" placeholder="length,width,species&#10;5.1,3.5,setosa"></textarea></label>
        <button class="primary">Read the table</button>
      </form>`
          : nothing
      }
    </div>`;
  }
}
