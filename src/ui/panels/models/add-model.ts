/** A model from files or an address: one that was exported here, or one of another program. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Source } from '../../../data/source.js';
import type { Models } from '../../../infer/models.js';
import { jobsContext } from '../../contexts/jobs.js';
import { modelsContext } from '../../contexts/services.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { problemNotice } from '../../elements/problem-notice.js';
import type { Jobs } from '../../jobs/jobs.js';
import { ModelImportJob, type ModelSource } from '../../jobs/model-import-job.js';
import { Follow } from '../../observable.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/drop-zone.js';
import '../../elements/progress-line.js';

@customElement('bw-add-model')
export class AddModel extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      form { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) auto; align-items: end; }
      @media (max-width: 720px) { form { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  readonly #files: File[] = [];
  @state() private problem: unknown;
  @query('[name=address]') private readonly address!: HTMLInputElement;
  @query('[name=sha256]') private readonly hash!: HTMLInputElement;

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  async #import(source: ModelSource): Promise<void> {
    this.problem = undefined;
    const job = await this.jobs.run(new ModelImportJob(this.models, source));
    if (this.isConnected) {
      if (job.state === 'failed') this.problem = job.problem;
      if (job.result) location.hash = job.route;
    } else if (job.state === 'failed') this.toasts.fail(job.problem);
    else if (job.result) {
      const open = async (): Promise<void> => {
        location.hash = job.route;
      };
      this.toasts.show(`“${job.result.name}” has been read.`, { label: 'Open', run: open });
    }
  }

  /** Files that were given at once are told one after the other: a LayersModel of TensorFlow.js has several. */
  #given(source: Source): void {
    // A folder, told as one of pictures is.
    if (source.kind === 'pictures') {
      const files = source.files.flatMap(({ path, file }) => (file instanceof Blob ? [new File([file], path)] : []));
      return void this.#import({ files });
    }
    if (source.kind !== 'file' || !(source.file instanceof File)) return;
    this.#files.push(source.file);
    if (this.#files.length === 1) queueMicrotask(() => this.#importGiven(this.#files.splice(0)));
  }

  #importGiven(files: File[]): void {
    if (files.some(({ name }) => name.endsWith('.json'))) void this.#import({ files });
    else for (const file of files) void this.#import({ files: [file] });
  }

  #load(event: SubmitEvent): void {
    event.preventDefault();
    const address = this.address.value.trim();
    const sha256 = this.hash.value.trim();
    if (address !== '') void this.#import({ address, ...(sha256 === '' ? {} : { sha256 }) });
  }

  override render() {
    const running = this.jobs.active.filter((job) => job instanceof ModelImportJob);
    return html`<section class="card" aria-labelledby="add"><h2 id="add">Add a model</h2>
      <bw-drop-zone accept=".onnx,.safetensors,.json,.bin,.zip" heading="Drop a model here" explanation="An ONNX file of any program, a LayersModel of TensorFlow.js (model.json with its weights, or both in a zip), or what was exported here. It stays on this machine."
        @bw-source=${(event: CustomEvent<Source>) => this.#given(event.detail)}></bw-drop-zone>
      <form @submit=${this.#load}>
        <label>Address of an ONNX file or a model.json<input name="address" type="url" required placeholder="https://" autocomplete="off" spellcheck="false" /></label>
        <label>Its SHA-256, where it is known<input name="sha256" pattern="\\s*[0-9a-fA-F]{64}\\s*" title="64 digits from 0 to 9 and a to f" autocomplete="off" spellcheck="false" /></label>
        <button>Load</button>
      </form>
      ${running.map(
        (
          job,
        ) => html`<div><bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
          <button type="button" aria-label="Cancel: ${job.title}" @click=${() => job.cancel()}>Cancel</button></div>`,
      )}
      ${this.problem ? problemNotice(this.problem) : nothing}
    </section>`;
  }
}
