/** The versions of a table: new rows in, compare, go back, delete. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Datasets, VersionComparison, VersionSummary } from '../../../data/datasets.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import type { Trainer } from '../../../train/trainer.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { datasetsContext, trainerContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import type { ConfirmDialog } from '../../elements/confirm-dialog.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, count, counted, moment } from '../../format.js';
import { ImportJob } from '../../jobs/import-job.js';
import type { Jobs } from '../../jobs/jobs.js';
import { Follow } from '../../observable.js';
import { codeOf, isCancelled } from '../../problem.js';
import { panelStyles } from '../panel-styles.js';
import { comparisonView } from './comparison-view.js';
import { origin } from './version-words.js';
import '../../elements/confirm-dialog.js';
import '../../elements/progress-line.js';

interface Listed extends VersionSummary {
  /** Runs that learnt from it. */
  runs: number;
}

@customElement('bw-versions-card')
export class VersionsCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .versions { display: grid; }
      .versions > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-1) var(--space-3); align-items: center; padding-block: var(--space-2); border-block-end: 1px solid var(--line); }
      .versions > li:last-child { border: 0; }
      .name { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center; font-weight: 600; }
      .about { overflow-wrap: anywhere; }
      .comparison { display: grid; gap: var(--space-3); border-block-start: 1px solid var(--line); padding-block-start: var(--space-3); }
      .comparison h3:focus { outline: none; }
      label.button:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
      .facts dd { text-align: start; }
      @media (max-width: 720px) { .versions > li { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  @property({ attribute: false }) table!: DatasetRecord;
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: trainerContext }) private readonly trainer!: Trainer;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @query('bw-confirm-dialog') private readonly confirming!: ConfirmDialog;
  @state() private comparison: VersionComparison | undefined;
  @state() private deleting: Listed | undefined;
  @state() private failed: ImportJob | undefined;
  @state() private problem: unknown;

  readonly #listed = new Live<Listed[]>(this, { load: () => this.#load(), kinds: ['dataset', 'run'], storage: () => this.storage });

  #comparing: AbortController | undefined;

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#comparing?.abort();
  }

  async #load(): Promise<Listed[]> {
    const { id } = this.table;
    const versions = await this.datasets.versions(id);
    // Asking for runs starts the engine's worker, which a table with one version does without.
    const runs = versions.length > 1 ? await this.trainer.runs() : [];
    return versions.map((version) => ({
      ...version,
      runs: runs.filter(({ dataset }) => dataset.id === id && dataset.hash === version.hash).length,
    }));
  }

  async #read(input: HTMLInputElement, append: boolean): Promise<void> {
    const files = [...(input.files ?? [])];
    input.value = '';
    const { sourcesOf } = await import('../../elements/dropped-files.js');
    const [source] = sourcesOf(files, true);
    if (source) await this.#revise(new ImportJob(this.datasets, source, { into: this.table, append }));
  }

  async #revise(started: ImportJob): Promise<void> {
    this.failed = undefined;
    this.comparison = undefined;
    const { hash, id, name } = this.table;
    const job = await this.jobs.run(started);
    if (job.state === 'failed') {
      if (this.isConnected) this.failed = job;
      else this.toasts.fail(job.problem);
    }
    if (!job.result) return;
    const { version, rows } = job.result;
    if (job.result.hash === hash) return this.toasts.show(`“${name}” holds the same rows already.`);
    this.toasts.show(`“${name}” is at version ${version?.number ?? 1}, with ${counted(rows, 'row')}.`, {
      label: 'Undo',
      run: async () => void (await this.datasets.useVersion(id, hash)),
    });
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    this.problem = undefined;
    try {
      await work();
    } catch (thrown) {
      if (!isCancelled(thrown)) this.problem = thrown;
    }
  }

  /** The one in use is what the others are set beside: the earlier first. */
  #compare({ number }: Listed, inUse: Listed): Promise<void> {
    this.#comparing?.abort();
    const comparing = new AbortController();
    this.#comparing = comparing;
    return this.#try(async () => {
      const [from, to] = [number, inUse.number].sort((a, b) => a - b);
      const comparison = await this.datasets.compare(this.table.id, from, to, comparing.signal);
      if (comparing.signal.aborted) return;
      this.comparison = comparison;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#comparison')?.focus();
    });
  }

  #use(number: number): Promise<void> {
    this.comparison = undefined;
    return this.#try(() => this.datasets.useVersion(this.table.id, number));
  }

  async #delete(): Promise<void> {
    const { deleting } = this;
    if (!deleting) return;
    await this.#try(() => this.datasets.removeVersion(this.table.id, deleting.number));
    this.comparison = undefined;
  }

  override render() {
    const versions = this.#listed.value ?? [];
    const inUse = versions.find((version) => version.inUse);
    const job = this.jobs.active.find((active) => active instanceof ImportJob && active.options.into?.id === this.table.id);
    return html`<section class="card" aria-labelledby="versions"><h2 id="versions">Versions</h2>
      <p class="small soft">New rows make a new version. The others stay, with what was learnt from them, and what is the same is stored once.</p>
      ${this.#listed.problem ? problemNotice(this.#listed.problem) : nothing}
      ${inUse && versions.length > 1 ? html`<ul class="versions">${versions.map((version) => this.#version(version, inUse))}</ul>` : nothing}
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${this.failed ? this.#failure(this.failed) : nothing}
      ${
        job
          ? html`<bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
        <div><button type="button" @click=${() => job.cancel()}>Cancel</button></div>`
          : html`<div class="row">${this.#input('Append rows…', true)}${this.#input('Replace the rows…', false)}</div>
        <p class="hint">Rows are appended from a file with the same columns, in any order.</p>`
      }
      ${
        this.comparison
          ? comparisonView(this.comparison, () => {
              this.comparison = undefined;
            })
          : nothing
      }
      <bw-confirm-dialog heading="Delete version ${this.deleting?.number}?" action="Delete the version" message=${this.#warning()} @bw-confirm=${this.#delete}></bw-confirm-dialog>
    </section>`;
  }

  #version(version: Listed, inUse: Listed) {
    const { number, rows, columns, created, bytes: size, ownBytes, runs } = version;
    return html`<li><div><div class="name">Version ${number}${version.inUse ? html`<span class="chip accent">in use</span>` : nothing}</div>
      <p class="small soft about">${count(rows)} × ${count(columns)} · ${moment(created)} · ${origin(version)}</p>
      <p class="hint">${bytes(size)}${ownBytes < size ? `, ${ownBytes === 0 ? 'all' : `all but ${bytes(ownBytes)}`} shared with other versions` : ''}${runs > 0 ? ` · ${counted(runs, 'run')} learnt from it` : ''}</p></div>
      ${
        version.inUse
          ? nothing
          : html`<div class="row"><button type="button" @click=${() => this.#compare(version, inUse)} aria-label="Compare version ${number} with the one in use">Compare</button>
        <button type="button" @click=${() => this.#use(number)} aria-label="Use version ${number}">Use</button>
        <button type="button" class="quiet icon-only" aria-label="Delete version ${number}" title="Delete" @click=${() => this.#ask(version)}>${icon('remove')}</button></div>`
      }</li>`;
  }

  #ask(version: Listed): void {
    this.deleting = version;
    this.confirming.open();
  }

  #warning(): string {
    if (!this.deleting) return '';
    const { ownBytes, runs } = this.deleting;
    const freed =
      ownBytes > 0
        ? `It frees ${bytes(ownBytes)}; what other versions share stays.`
        : 'Other versions share all of it, so it frees nothing.';
    const learnt = runs > 0 ? ` ${counted(runs, 'run')} learnt from it: results and models stay, a run that was cut off cannot go on.` : '';
    return `There is no way back. ${freed}${learnt}`;
  }

  #input(label: string, append: boolean) {
    return html`<label class="button">${icon('file')} ${label}<input class="visually-hidden" type="file" multiple @change=${(event: Event) => this.#read(event.target as HTMLInputElement, append)} /></label>`;
  }

  #failure(job: ImportJob) {
    const again = (more: object): Promise<void> => this.#revise(new ImportJob(this.datasets, job.source, { ...job.options, ...more }));
    const short = codeOf(job.problem) === 'storage-short';
    return problemNotice(
      job.problem,
      short
        ? html`<button type="button" @click=${() => again({ evenIfFull: true })}>Try all the same</button>`
        : html`<button type="button" @click=${() => again({})}>Try again</button>`,
    );
  }
}
