/** A model as a file to take along: ONNX, TensorFlow.js, safetensors, a folder for a server, or a model card. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ModelFormat } from '../../../infer/export/exported.js';
import type { Models } from '../../../infer/models.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { modelsContext } from '../../contexts/services.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes } from '../../format.js';
import { saveAs } from '../../save-as.js';
import { panelStyles } from '../panel-styles.js';

const formats: readonly { format: ModelFormat; title: string; hint: string }[] = [
  { format: 'onnx', title: 'ONNX', hint: 'For onnxruntime, in browsers, phones and servers: it takes the columns as they are.' },
  { format: 'tfjs', title: 'TensorFlow.js', hint: 'A LayersModel, with the preprocessing beside it as JSON, as one zip.' },
  { format: 'safetensors', title: 'safetensors', hint: 'Weights by name. “benchwright predict” reads it too.' },
  { format: 'serving', title: 'Folder for Triton', hint: 'A model repository for the Triton inference server, as one zip.' },
  { format: 'card', title: 'Model card, Markdown', hint: 'Data, training, figures, limits and licence, to be read.' },
  { format: 'card-html', title: 'Model card, HTML', hint: 'The same as a page.' },
];

@customElement('bw-export-card')
export class ExportCard extends LitElement {
  static override styles = [...panelStyles, css`.told { margin: 0; padding-inline-start: 1.2em; overflow-wrap: anywhere; }`];

  @property({ attribute: false }) model!: ModelRecord;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private format: ModelFormat = 'onnx';
  @state() private working = false;
  @state() private notes: readonly string[] = [];
  @state() private problem: unknown;

  #choose(format: ModelFormat): void {
    this.format = format;
    this.notes = [];
    this.problem = undefined;
  }

  async #download(): Promise<void> {
    const { format, model } = this;
    this.#choose(format);
    this.working = true;
    try {
      const { files, notes } = await this.models.export(model.id, format, { zip: true });
      const [{ path, bytes: content }] = files;
      const name = `${fileNameOf(model.name)}${path.slice(path.lastIndexOf('.'))}`;
      saveAs(new Blob([content as Uint8Array<ArrayBuffer>]), name);
      this.notes = notes;
      this.toasts.show(`“${name}” has been written, ${bytes(content.length)}.`);
    } catch (thrown) {
      if (this.isConnected) this.problem = thrown;
      else this.toasts.fail(thrown);
    } finally {
      this.working = false;
    }
  }

  override render() {
    return html`<section class="card" aria-labelledby="export"><h2 id="export">Take it along</h2>
      <label>As<select ?disabled=${this.working} @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value as ModelFormat)}>${formats.map(({ format, title }) => html`<option value=${format} ?selected=${format === this.format}>${title}</option>`)}</select></label>
      <p class="hint">${formats.find(({ format }) => format === this.format)?.hint}</p>
      <button type="button" ?disabled=${this.working} @click=${this.#download}>${icon('download')} ${this.working ? 'Writing…' : 'Download'}</button>
      <div role="status">${this.notes.length > 0 ? html`<ul class="told small">${this.notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}</div>
      ${this.problem ? problemNotice(this.problem) : nothing}
    </section>`;
  }
}

const fileNameOf = (name: string): string => name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[.-]+/, '') || 'model';
