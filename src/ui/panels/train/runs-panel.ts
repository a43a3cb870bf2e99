/** Every training, newest first; and where the next one begins. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Sweeps } from '../../../train/sweeps/sweeps.js';
import type { Trainer } from '../../../train/trainer.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { datasetsContext, sweepsContext, trainerContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { count, counted, moment } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { workOnSweep } from '../../jobs/sweep-job.js';
import { TrainingJob } from '../../jobs/training-job.js';
import { Follow } from '../../observable.js';
import { statusWords } from '../../words.js';
import { empty, emptyStyles } from '../empty.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { resumeRun } from './resume-run.js';
import './runs-browser.js';

@customElement('bw-runs-panel')
export class RunsPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    emptyStyles,
    css`
    .choices { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    .choices small { font: var(--size-1) var(--font-figures); color: var(--text-soft); }
    .sweeps { display: grid; gap: var(--space-2); }
    .sweeps a { font-weight: 600; }
  `,
  ];

  @property() item = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: trainerContext }) private readonly trainer!: Trainer;
  @consume({ context: sweepsContext }) private readonly sweeps!: Sweeps;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;

  readonly #runs = new Live(this, { load: () => this.trainer.runs(), kinds: ['run'], storage: () => this.storage });
  readonly #sweeps = new Live(this, { load: () => this.sweeps.list(), kinds: ['sweep'], storage: () => this.storage });
  readonly #datasets = new Live(this, { load: () => this.datasets.list(), kinds: ['dataset'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => 'Train');
    new Follow(this, () => this.jobs);
  }

  #remove(id: string): void {
    const run = this.#runs.value?.find((candidate) => candidate.id === id);
    if (run) void removeWithUndo(this.trainer, this.toasts, id, run.name);
  }

  #resume(id: string): void {
    const run = this.#runs.value?.find((candidate) => candidate.id === id);
    if (run) resumeRun(this.jobs, this.trainer, run);
  }

  #sweepCard() {
    const sweeps = this.#sweeps.value ?? [];
    if (sweeps.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="sweeps"><h2 id="sweeps">Sweeps</h2><ul class="sweeps">${sweeps.map(
      ({ id, name, created, trials, status }) => {
        const { title, tone } = workOnSweep(this.jobs, id)?.active ? statusWords.running : statusWords[status];
        return html`<li><a href="#/sweeps/${id}">${name}</a> <span class="hint">${counted(trials, 'trial')} · ${moment(created)}</span> <span class="chip ${tone}">${title}</span></li>`;
      },
    )}</ul></section>`;
  }

  override render() {
    const problem = this.#runs.problem ?? this.#datasets.problem;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">Train</h1>${problemNotice(problem, html`<button type="button" @click=${() => Promise.all([this.#runs.reload(), this.#datasets.reload()])}>Try again</button>`)}</div>`;
    const runs = this.#runs.value;
    const datasets = this.#datasets.value;
    if (!runs || !datasets) return loading('Trainings');
    const live = new Set(
      this.jobs
        .of(TrainingJob)
        .filter((job) => job.active)
        .map((job) => job.run ?? ''),
    );
    return html`<div class="page">
      <header><h1 tabindex="-1">Train</h1></header>
      ${
        datasets.length > 0
          ? html`<section class="card" aria-labelledby="start"><h2 id="start">Train on</h2><div class="choices">
        ${datasets.map(({ id, name, rows, fields }) => html`<a class="button" href="#/train/${id}">${name} <small>${count(rows)} × ${count(fields.length)}</small></a>`)}</div></section>`
          : nothing
      }
      ${this.#sweepCard()}
      ${
        runs.length > 0
          ? html`<section class="card" aria-labelledby="runs"><h2 id="runs">Runs</h2><bw-runs-browser .runs=${runs} .live=${live}
          @bw-remove=${(event: CustomEvent<string>) => this.#remove(event.detail)} @bw-resume=${(event: CustomEvent<string>) => this.#resume(event.detail)}></bw-runs-browser></section>`
          : datasets.length > 0
            ? empty('Nothing has been trained yet', 'Choose a table above.')
            : empty(
                'Nothing has been trained yet',
                'Bring a table, or begin with a built-in one.',
                html`<a class="button primary" href="#/">Choose a table</a>`,
              )
      }
    </div>`;
  }
}
