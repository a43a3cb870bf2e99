/** The lake: opens a Parquet data set by its footers, lets people say what they want of it, tells what that costs, and copies it. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Lake, LakeDescription, LakeEstimate } from '../../../data/lake/lake.js';
import type { Table } from '../../../data/table.js';
import type { LakeQuery } from '../../../spec/lake.js';
import type { Predicate } from '../../../spec/predicate.js';
import { jobsContext } from '../../contexts/jobs.js';
import { lakeContext } from '../../contexts/services.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, counted } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { LakeImportJob } from '../../jobs/lake-import-job.js';
import { Follow } from '../../observable.js';
import { isCancelled } from '../../problem.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { costCard } from './cost-card.js';
import type { LakeOpening } from './lake-form.js';
import { lakeStyles } from './lake-styles.js';
import { sampleFields } from './sample-fields.js';
import '../../elements/lake-columns.js';
import '../../elements/lake-conditions.js';
import '../../elements/preview-table.js';
import '../../elements/progress-line.js';
import './lake-form.js';

const previewRows = 50;

@customElement('bw-lake-panel')
export class LakePanel extends LitElement {
  static override styles = [...panelStyles, lakeStyles];

  @property() item = '';
  @consume({ context: lakeContext }) private readonly lake!: Lake;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;

  @state() private opening: AbortController | undefined;
  @state() private opened: LakeDescription | undefined;
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private where: readonly Predicate[] = [];
  @state() private sample: LakeQuery['sample'];
  @state() private estimate: LakeEstimate | undefined;
  @state() private preview: Table | 'reading' | undefined;
  @state() private problem: unknown;
  /** Of the query, beside what it is about. */
  @state() private wrong: unknown;
  #asked = 0;
  #showing: AbortController | undefined;

  constructor() {
    super();
    new PageHeading(this, () => 'Data lake');
    new Follow(this, () => this.jobs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.opening?.abort();
    this.#showing?.abort();
  }

  async #open({ source, access }: LakeOpening): Promise<void> {
    const opening = new AbortController();
    this.opening?.abort();
    this.opening = opening;
    this.problem = undefined;
    this.opened = undefined;
    try {
      const opened = await this.lake.open(source, access, opening.signal);
      if (this.opening !== opening) return;
      this.opened = opened;
      this.chosen = new Set(opened.columns.map(({ name }) => name));
      this.where = [];
      this.sample = undefined;
      this.preview = undefined;
      await this.#ask();
      this.renderRoot.querySelector<HTMLElement>('#found')?.focus();
    } catch (thrown) {
      if (this.opening === opening && !isCancelled(thrown)) this.problem = thrown;
    } finally {
      if (this.opening === opening) this.opening = undefined;
    }
  }

  get #query(): LakeQuery {
    return {
      ...(this.chosen.size === this.opened?.columns.length ? {} : { columns: [...this.chosen] }),
      ...(this.where.length > 0 ? { where: [...this.where] } : {}),
      ...(this.sample ? { sample: this.sample } : {}),
    };
  }

  /** What the query would read. A newer question overtakes an older one. */
  async #ask(): Promise<void> {
    const { opened } = this;
    if (!opened) return;
    const asked = ++this.#asked;
    this.#showing?.abort();
    this.preview = undefined;
    try {
      const estimate = this.chosen.size === 0 ? undefined : await this.lake.estimate(opened.id, this.#query);
      if (asked !== this.#asked) return;
      this.estimate = estimate;
      this.wrong = undefined;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.estimate = undefined;
      this.wrong = thrown;
    }
  }

  async #show(): Promise<void> {
    if (!this.opened) return;
    this.#showing?.abort();
    const showing = new AbortController();
    this.#showing = showing;
    this.preview = 'reading';
    try {
      const preview = await this.lake.preview(this.opened.id, this.#query, previewRows, showing.signal);
      if (!showing.signal.aborted) this.preview = preview;
    } catch (thrown) {
      if (showing.signal.aborted) return;
      this.preview = undefined;
      this.wrong = thrown;
    }
  }

  async #import(): Promise<void> {
    if (!this.opened) return;
    this.wrong = undefined;
    const job = await this.jobs.run(new LakeImportJob(this.lake, this.opened, this.#query));
    if (job.state === 'failed') {
      if (this.isConnected) this.wrong = job.problem;
      else this.toasts.fail(job.problem);
    }
    if (!job.result) return;
    if (this.isConnected) location.hash = job.route;
    else this.toasts.show(`“${job.result.name}” has been read.`, { label: 'Open', run: () => this.#leaveFor(job.route) });
  }

  async #leaveFor(route: string): Promise<void> {
    location.hash = route;
  }

  override render() {
    return html`<div class="page">
      <header><h1 tabindex="-1">Data lake</h1>
        <p class="lead">Open a Parquet data set where it lies. Only its footers are read at first, and then only the columns and row groups that you ask for.</p></header>
      <section class="card" aria-label="Where it is"><bw-lake-form .disabled=${this.opening !== undefined} @bw-lake-open=${(event: CustomEvent<LakeOpening>) => this.#open(event.detail)}></bw-lake-form></section>
      ${
        this.opening
          ? html`<div class="card"><bw-progress-line label="Reading the footers"></bw-progress-line><div><button type="button" @click=${() => this.opening?.abort()}>Cancel</button></div></div>`
          : nothing
      }
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${this.opened ? this.#found(this.opened) : nothing}
    </div>`;
  }

  #found(opened: LakeDescription) {
    const { name, columns, files, rowGroups, rows, examples, writer, requests, bytesRead } = opened;
    const job = this.jobs.active.find((active) => active instanceof LakeImportJob);
    const isBusy = job !== undefined;
    return html`<section class="stack" aria-labelledby="found">
      <div><h2 id="found" class="name" tabindex="-1">${name}</h2>
        <p class="lead"><span class="figures">${counted(rows, 'row')} × ${counted(columns.length, 'column')}</span> in ${counted(files, 'file')} with ${counted(rowGroups, 'row group')}, ${bytes(opened.bytes)}</p>
        <p class="small soft">Known from ${bytes(bytesRead)} in ${counted(requests, 'request')}${writer ? html` · written by ${writer}` : nothing}${files > 1 ? html` · ${examples[0]}, …` : nothing}</p></div>
      <div class="with-side">
        <div class="stack main">
          <section class="card" aria-labelledby="lake-columns"><h3 id="lake-columns">Columns</h3>
            <bw-lake-columns .columns=${columns} .chosen=${this.chosen} .disabled=${isBusy} @bw-columns=${(
              event: CustomEvent<string[]>,
            ) => {
              this.chosen = new Set(event.detail);
              void this.#ask();
            }}></bw-lake-columns></section>
          <section class="card" aria-labelledby="lake-rows"><h3 id="lake-rows">Rows</h3>
            <p class="small soft">Only rows for which all of this holds. Row groups whose bounds rule it out are not read.</p>
            <bw-lake-conditions .columns=${columns.filter(({ nested }) => !nested)} .disabled=${isBusy} @bw-conditions=${(
              event: CustomEvent<Predicate[]>,
            ) => {
              this.where = event.detail;
              void this.#ask();
            }}></bw-lake-conditions>
            ${sampleFields(this.sample, rows, isBusy, (sample) => {
              this.sample = sample;
              void this.#ask();
            })}
          </section>
          ${this.#rows()}
        </div>
        <div class="stack side">
          ${costCard({ opened, estimate: this.estimate, isBusy, hasPreview: this.preview !== undefined, onImport: () => this.#import(), onShow: () => this.#show() })}
          ${
            job
              ? html`<div class="card"><bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
            <div><button type="button" @click=${() => job.cancel()}>Cancel</button></div></div>`
              : nothing
          }
          ${this.wrong ? problemNotice(this.wrong) : nothing}
        </div>
      </div>
    </section>`;
  }

  #rows() {
    const { preview } = this;
    if (!preview) return nothing;
    return html`<section class="card" aria-labelledby="lake-preview"><h3 id="lake-preview">First rows</h3>
      ${
        preview === 'reading'
          ? html`<p role="status" class="soft">Reading a row group…</p>`
          : preview.rows === 0
            ? html`<p class="soft">No row is such.</p>`
            : html`<bw-preview-table .table=${preview} .types=${preview.names.map((name) => (this.opened?.columns.find((column) => column.name === name)?.kind === 'datetime' ? 'datetime' : 'text'))} .rows=${this.estimate?.rows ?? preview.rows}></bw-preview-table>`
      }</section>`;
  }
}
