/** Of a copy from a lake: where it is from, what it cost, and whether there is something newer. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Lake } from '../../../data/lake/lake.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { jobsContext } from '../../contexts/jobs.js';
import { lakeContext } from '../../contexts/services.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, count } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { LakeRefreshJob } from '../../jobs/lake-refresh-job.js';
import { Follow } from '../../observable.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/progress-line.js';

@customElement('bw-lake-card')
export class LakeCard extends LitElement {
  static override styles = panelStyles;

  @property({ attribute: false }) table!: DatasetRecord;
  @consume({ context: lakeContext }) private readonly lake!: Lake;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private problem: unknown;

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  async #refresh(): Promise<void> {
    this.problem = undefined;
    const before = this.table.version?.number ?? 1;
    const job = await this.jobs.run(new LakeRefreshJob(this.lake, this.table));
    if (job.state === 'failed') this.problem = job.problem;
    if (!job.result) return;
    const now = job.result.version?.number ?? 1;
    this.toasts.show(
      now === before ? 'Nothing has changed since.' : `Version ${now} of “${job.result.name}” has been read, and is in use.`,
    );
  }

  override render() {
    const { origin } = this.table;
    const { lake } = origin;
    if (!lake) return nothing;
    const job = this.jobs.active.find((active) => active instanceof LakeRefreshJob && active.dataset.id === this.table.id);
    const isRemote = lake.address !== undefined || lake.addresses !== undefined;
    const { columns, where, sample } = lake.query;
    return html`<section class="card" aria-labelledby="lake"><h2 id="lake">Where it is from</h2>
      <p class="small lead">${origin.name}</p>
      <dl class="facts"><dt>Files</dt><dd>${count(lake.files.length)}</dd>
        <dt>Read</dt><dd>${bytes(lake.bytesRead)} of ${bytes(lake.bytes)}</dd>
        ${columns ? html`<dt>Columns</dt><dd>${count(columns.length)} chosen</dd>` : nothing}
        ${where?.length ? html`<dt>Rows</dt><dd>${where.map(({ column, op, value }) => `${column} ${op}${value === undefined ? '' : ` ${String(value)}`}`).join(' and ')}</dd>` : nothing}
        ${sample ? html`<dt>Sample</dt><dd>${sample.rows === undefined ? `${(100 * (sample.share ?? 1)).toFixed(1)} %` : count(sample.rows)}, seed ${sample.seed ?? 0}</dd>` : nothing}</dl>
      ${
        job
          ? html`<bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
        <button type="button" @click=${() => job.cancel()}>Cancel</button>`
          : isRemote
            ? html`<button type="button" @click=${this.#refresh}>Look for a newer version</button>`
            : nothing
      }
      ${this.problem ? problemNotice(this.problem, html`<a class="button" href="#/lake">Open it with a key</a>`) : nothing}
    </section>`;
  }
}
