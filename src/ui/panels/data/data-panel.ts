/** The start page: bring a table, or open a built-in one with one click; below, the tables that are kept. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { BuiltinDescription, Source } from '../../../data/source.js';
import type { ImportRecord } from '../../../spec/import.js';
import type { Inventory } from '../../../storage/inventory/inventory.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { datasetsContext, inventoryContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import type { DropZone } from '../../elements/drop-zone.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { ImportJob } from '../../jobs/import-job.js';
import type { Jobs } from '../../jobs/jobs.js';
import { Follow } from '../../observable.js';
import { choicesOf, codeOf } from '../../problem.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { builtinCard, builtinCardStyles } from './builtin-card.js';
import '../../elements/drop-zone.js';
import '../../elements/progress-line.js';
import './dataset-list.js';

const none: ReadonlySet<string> = new Set();

@customElement('bw-data-panel')
export class DataPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    builtinCardStyles,
    css`
      /* Six cards in whole rows: three and three, two by two, or one below the other. */
      .cards { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--space-3); }
      @media (max-width: 900px) { .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
      @media (max-width: 560px) { .cards { grid-template-columns: minmax(0, 1fr); } }
      section { display: grid; gap: var(--space-3); }
      h1 { font-size: clamp(22px, 3vw, 30px); max-inline-size: 24em; }
      .page { gap: var(--space-5); }
    `,
  ];

  @property() item = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: inventoryContext }) private readonly inventory!: Inventory;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private failed: ImportJob[] = [];
  @state() private cameraOpen = false;
  #leaving = false;

  readonly #builtins = new Live(this, { load: () => this.datasets.builtins(), kinds: [], storage: () => this.storage });
  readonly #kept = new Live(this, { load: () => this.datasets.list(), kinds: ['dataset'], storage: () => this.storage });

  readonly #damaged = new Live(this, { load: () => this.#damagedIds(), kinds: ['setting', 'dataset'], storage: () => this.storage });
  readonly #unfinished = new Live(this, { load: () => this.#cutOff(), kinds: ['import'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => 'Data');
    new Follow(this, () => this.jobs);
  }

  async #damagedIds(): Promise<ReadonlySet<string>> {
    return new Set((await this.inventory.damaged()).map(({ id }) => id));
  }

  /** What shows them is hardly ever needed, and not part of the first screen. */
  async #cutOff(): Promise<ImportRecord[]> {
    const unfinished = await this.datasets.unfinished();
    if (unfinished.length > 0) await import('./unfinished-imports.js');
    return unfinished;
  }

  async #import(source: Source, evenIfFull = false): Promise<void> {
    this.failed = [];
    const job = await this.jobs.run(new ImportJob(this.datasets, source, { evenIfFull }));
    if (this.isConnected && !this.#leaving) {
      if (job.state === 'failed') this.failed = [...this.failed, job];
      if (job.result) this.#leaveFor(job.route);
      return;
    }
    // Whoever went elsewhere meanwhile stays there, and is told.
    if (job.state === 'failed') this.toasts.fail(job.problem);
    if (job.result) this.toasts.show(`“${job.result.name}” has been read.`, { label: 'Open', run: () => this.#open(job.route) });
  }

  async #openCamera(): Promise<void> {
    await import('../../elements/camera-classes.js');
    this.cameraOpen = true;
  }

  /** The camera goes off as soon as there is nothing left to take. */
  async #takePictures(source: Source): Promise<void> {
    this.cameraOpen = false;
    await this.#import(source);
  }

  /** What was said of other files, dropped with this one, is said where the user goes. */
  #leaveFor(route: string): void {
    this.#leaving = true;
    for (const { problem } of this.failed) this.toasts.fail(problem);
    location.hash = route;
  }

  async #open(route: string): Promise<void> {
    location.hash = route;
  }

  /** Opens the table that is kept, where it was opened before. */
  #openBuiltin({ name }: BuiltinDescription): void {
    const kept = this.#kept.value?.find(({ origin }) => origin.kind === 'builtin' && origin.name === name);
    if (kept) location.hash = `#/data/${kept.id}`;
    else void this.#import({ kind: 'builtin', name });
  }

  #waysOut({ source, problem }: ImportJob): TemplateResult | TemplateResult[] {
    // What is needed was estimated: whoever knows better may try.
    if (codeOf(problem) === 'storage-short')
      return html`<div><a class="button" href="#/settings">See what takes how much</a> <button type="button" @click=${() => this.#import(source, true)}>Try all the same</button></div>`;
    const choices = source.kind === 'file' || source.kind === 'url' ? choicesOf(problem) : [];
    const chosen = (entry: string): Source =>
      source.kind === 'url'
        ? { kind: 'url', url: `${source.url.split('#')[0]}#${encodeURIComponent(entry)}` }
        : ({ ...source, entry } as Source);
    if (choices.length === 0) return html`<button type="button" @click=${() => this.#import(source)}>Try again</button>`;
    return choices.map((entry) => html`<button type="button" @click=${() => this.#import(chosen(entry))}>${entry}</button>`);
  }

  override render() {
    const importing = this.jobs.active.filter((job) => job instanceof ImportJob);
    const { value: builtins, problem } = this.#builtins;
    return html`<div class="page">
      <header><h1 tabindex="-1">Train a model on your own tables and pictures</h1>
        <p class="lead">Drop a file, choose what to predict, and use the model a minute later. All of it happens on this machine.</p></header>
      <bw-drop-zone pasting folders together camera @bw-source=${(event: CustomEvent<Source>) => this.#import(event.detail)} @bw-camera=${() => this.#openCamera()}></bw-drop-zone>
      ${
        this.cameraOpen
          ? html`<bw-camera-classes @bw-source=${(event: CustomEvent<Source>) => this.#takePictures(event.detail)} @bw-close=${() => {
              this.cameraOpen = false;
            }}></bw-camera-classes>`
          : nothing
      }
      <p class="small soft">Is it large, or on another machine? <a href="#/lake">Open a data lake</a>: Parquet by address, of which only what you ask for is read.</p>
      ${importing.map(
        (
          job,
        ) => html`<div class="card"><bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
        <button type="button" @click=${() => job.cancel()}>Cancel</button></div>`,
      )}
      ${
        this.#unfinished.value?.length
          ? html`<bw-unfinished-imports .imports=${this.#unfinished.value} @bw-source=${(event: CustomEvent<Source>) => this.#import(event.detail)}
        @bw-choose=${() => this.renderRoot.querySelector<DropZone>('bw-drop-zone')?.choose()}></bw-unfinished-imports>`
          : nothing
      }
      ${this.failed.map((job) => problemNotice(job.problem, this.#waysOut(job)))}
      ${this.#kept.problem ? problemNotice(this.#kept.problem, html`<button type="button" @click=${() => this.#kept.reload()}>Try again</button>`) : nothing}
      ${this.#kept.value?.length ? html`<section aria-labelledby="kept"><h2 id="kept">Your tables</h2><bw-dataset-list .datasets=${this.#kept.value} .damaged=${this.#damaged.value ?? none}></bw-dataset-list></section>` : nothing}
      <section aria-labelledby="builtin"><h2 id="builtin">Or begin with a real one</h2>
        ${problem ? problemNotice(problem, html`<button type="button" @click=${() => this.#builtins.reload()}>Try again</button>`) : nothing}
        <ul class="cards">${builtins?.map((description) => html`<li>${builtinCard(description, () => this.#openBuiltin(description))}</li>`)}</ul>
      </section>
    </div>`;
  }
}
