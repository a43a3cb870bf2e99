/** One training: live while it runs, wherever it was started from; afterwards its result. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import type { RunInsight } from '../../../spec/insight.js';
import type { RunMarks, RunRecord } from '../../../spec/run.js';
import type { Trainer } from '../../../train/trainer.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { datasetsContext, trainerContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import '../learnt-from.js';
import { moment } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { type TrainingJob, trainingOf } from '../../jobs/training-job.js';
import { Follow } from '../../observable.js';
import { commandOf } from '../../runs/reproduce.js';
import { presetTitle } from '../../words.js';
import { cannotBeShown } from '../cannot-be-shown.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { reproduceRun } from '../train/reproduce-run.js';
import { keepTheBest, resumeRun } from '../train/resume-run.js';
import { runLive } from './run-live.js';
import { runResult } from './run-result.js';
import { runStyles } from './run-styles.js';
import './insight-cards.js';
import './marks-card.js';
import './reproduce-card.js';

@customElement('bw-run-panel')
export class RunPanel extends LitElement {
  static override styles = [...panelStyles, loadingStyles, runStyles];

  @property() item = '';
  @consume({ context: trainerContext }) private readonly trainer!: Trainer;
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;

  readonly #run = new Live(this, { load: () => this.#load(), kinds: ['run'], storage: () => this.storage });

  /** Of the run's data, where it is still there: the command names what it came from. */
  readonly #dataset = new Live(this, { load: () => this.#loadDataset(), kinds: ['dataset', 'run'], storage: () => this.storage });

  /** What was seen of it is another chunk: a run of an older version has none, and one that is damaged does not hide the rest. */
  readonly #insight = new Live(this, { load: () => this.#loadInsight(), kinds: ['run'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => (this.#job?.active ? this.#job.title : (this.#run.value?.name ?? 'Run')));
    new Follow(this, () => this.#job);
  }

  get #job(): TrainingJob | undefined {
    return trainingOf(this.jobs, this.item);
  }

  /** A run that has only just begun has no record yet: its job knows all there is. */
  async #load(): Promise<RunRecord | undefined> {
    return this.#job?.active ? undefined : (this.#job?.result ?? this.trainer.run(this.item));
  }

  async #loadInsight(): Promise<RunInsight | undefined> {
    const run = await this.#load();
    return run?.insight && this.trainer.insight(run.id);
  }

  async #loadDataset(): Promise<DatasetRecord | undefined> {
    const run = await this.#load();
    return run && this.datasets.get(run.dataset.id).catch(() => undefined);
  }

  protected override updated(): void {
    // The record is read once the job has ended, whichever way.
    if (this.#job && !this.#job.active && !this.#run.value && !this.#run.problem) {
      void this.#run.reload();
      void this.#insight.reload();
    }
  }

  async #remove(run: RunRecord): Promise<void> {
    if (await removeWithUndo(this.trainer, this.toasts, run.id, run.name)) location.hash = '#/train';
  }

  override render() {
    const job = this.#job;
    if (job?.active) return runLive(job);
    const { value: run, problem } = this.#run;
    if (problem) return cannotBeShown('run', job?.problem ?? problem, { href: '#/train', title: 'All runs' });
    if (!run) return loading('Run');
    return html`<div class="page">
      ${this.#header(run)}
      ${job?.state === 'failed' ? problemNotice(job.problem) : nothing}
      ${runResult(run)}
      ${this.#insight.problem && run.insight ? problemNotice(this.#insight.problem) : nothing}
      <bw-insight-cards .insight=${this.#insight.value} .table=${run.dataset.id} .version=${run.dataset.hash} .target=${run.spec.target}></bw-insight-cards>
      <div class="pair">
        <bw-reproduce-card .command=${commandOf(run, this.#dataset.value)} @bw-reproduce=${() => reproduceRun(this.jobs, this.trainer, run)}></bw-reproduce-card>
        <bw-marks-card .run=${run} @bw-marks=${(event: CustomEvent<RunMarks>) => this.#mark(run, event.detail)}></bw-marks-card>
      </div>
    </div>`;
  }

  async #mark({ id, tags = [], notes = '' }: RunRecord, marks: RunMarks): Promise<void> {
    try {
      await this.trainer.annotate(id, marks);
      this.toasts.show('Tags and notes are kept.', {
        label: 'Undo',
        run: async () => void (await this.trainer.annotate(id, { tags, notes })),
      });
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  #header(run: RunRecord) {
    const resumable = run.checkpoint && !run.modelId;
    return html`<header class="page-header">
      <div><h1 tabindex="-1">${run.name}</h1>
        <p class="lead">${presetTitle(run.preset)} on <bw-learnt-from .table=${run.dataset}></bw-learnt-from> · ${moment(run.created)} · seed ${run.seed}</p></div>
      <div class="row">
        <button type="button" class="quiet" @click=${() => this.#remove(run)}>${icon('remove')} Delete</button>
        ${run.status === 'failed' && run.checkpoint?.best ? html`<button type="button" @click=${() => keepTheBest(this.jobs, this.trainer, run)}>Keep the best so far</button>` : nothing}
        ${resumable ? html`<button type="button" class="primary" @click=${() => resumeRun(this.jobs, this.trainer, run)}>${icon('play')} Resume</button>` : nothing}
        <a class="button" href=${`#/train/${run.dataset.id}/${encodeURIComponent(run.spec.target)}`}>Train again</a>
        ${run.modelId ? html`<a class="button primary" href="#/models/${run.modelId}">Use the model</a>` : nothing}
      </div>
    </header>`;
  }
}
