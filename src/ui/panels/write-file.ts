/** Rows as a file to take along: Parquet, CSV or NDJSON. The writing goes on when its panel is left. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ExportFormat } from '../../data/datasets.js';
import { jobsContext } from '../contexts/jobs.js';
import { type Toasts, toastsContext } from '../contexts/toasts.js';
import { icon } from '../elements/icon.js';
import { problemNotice } from '../elements/problem-notice.js';
import { bytes } from '../format.js';
import { type Exported, ExportJob } from '../jobs/export-job.js';
import type { Jobs } from '../jobs/jobs.js';
import { Follow } from '../observable.js';
import { saveAs } from '../save-as.js';
import { panelStyles } from './panel-styles.js';
import '../elements/progress-line.js';

const formats: readonly { format: ExportFormat; title: string; hint: string }[] = [
  { format: 'parquet', title: 'Parquet', hint: 'Small, with types: for pandas, Polars, DuckDB, Spark.' },
  { format: 'csv', title: 'CSV', hint: 'For spreadsheets. A text that would run as a formula gets an apostrophe in front.' },
  { format: 'ndjson', title: 'NDJSON', hint: 'One JSON object a line.' },
];

@customElement('bw-write-file')
export class WriteFile extends LitElement {
  static override styles = panelStyles;

  @property({ attribute: false }) exported!: Exported;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private format: ExportFormat = 'parquet';
  @state() private problem: unknown;

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  async #download(): Promise<void> {
    this.problem = undefined;
    const job = await this.jobs.run(new ExportJob(this.exported, this.format));
    if (job.state === 'failed') {
      if (this.isConnected) this.problem = job.problem;
      else this.toasts.fail(job.problem);
    }
    if (!job.result) return;
    saveAs(job.takeFile(), job.fileName);
    this.toasts.show(`“${job.fileName}” has been written, ${bytes(job.result.bytes)}.`);
  }

  override render() {
    const job = this.jobs.active.find((active) => active instanceof ExportJob && active.route === this.exported.route);
    return html`<div class="stack">
      <label>As<select ?disabled=${job !== undefined} @change=${(event: Event) => {
        this.format = (event.target as HTMLSelectElement).value as ExportFormat;
      }}>${formats.map(({ format, title }) => html`<option value=${format} ?selected=${format === this.format}>${title}</option>`)}</select></label>
      <p class="hint">${formats.find(({ format }) => format === this.format)?.hint}</p>
      ${
        job
          ? html`<bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
        <button type="button" @click=${() => job.cancel()}>Cancel</button>`
          : html`<button type="button" @click=${this.#download}>${icon('download')} Download</button>`
      }
      ${this.problem ? problemNotice(this.problem) : nothing}
    </div>`;
  }
}
