/** Before a training: what to learn, and how. Starts it and goes to its run. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Models } from '../../../infer/models.js';
import type { TensorModels } from '../../../infer/tensors/models.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import type { PipelineSpec } from '../../../spec/pipeline-spec.js';
import type { Task } from '../../../spec/task.js';
import type { TrainingSpec } from '../../../spec/training.js';
import type { Trainer, TrainingRequest } from '../../../train/trainer.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { type Preferences, preferencesContext } from '../../contexts/preferences.js';
import { datasetsContext, modelsContext, tensorModelsContext, trainerContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import type { ExtractorRefusal, OfferedExtractor } from '../../elements/extractor-options.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { counted } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { RateJob, rateSearch } from '../../jobs/rate-job.js';
import { TrainingJob } from '../../jobs/training-job.js';
import { Follow } from '../../observable.js';
import { chosenTarget } from '../chosen-target.js';
import { targetCard } from '../dataset/target-card.js';
import { keepLayers, withLayers } from '../layers/layers-draft.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { keepDraft, readDraft, withDraft } from '../pipeline/draft.js';
import { taskOfTarget } from '../task-of-target.js';
import { automaticValues } from './automatic.js';
import { extractorRefusal, offeredExtractors } from './extractors.js';
import { layersCard } from './layers-card.js';
import { pipelineCard } from './pipeline-card.js';
import '../../elements/notice.js';
import '../../elements/progress-line.js';
import '../../elements/training-form.js';

@customElement('bw-train-panel')
export class TrainPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    css`
    ol { list-style: decimal; padding-inline-start: 1.3em; display: grid; gap: var(--space-2); }
  `,
  ];

  /** The dataset's identifier. */
  @property() item = '';
  /** The target, where one was chosen before. */
  @property() detail = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: trainerContext }) private readonly trainer!: Trainer;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: tensorModelsContext }) private readonly tensorModels!: TensorModels;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: preferencesContext }) private readonly preferences!: Preferences;
  @state() private target: string | undefined;
  @state() private task: Task | undefined;
  @state() private job: TrainingJob | undefined;
  /** Why the extractor of the latest training was refused. */
  @state() private refused: ExtractorRefusal | undefined;

  readonly #dataset = new Live(this, { load: () => this.datasets.get(this.item), kinds: ['dataset'], storage: () => this.storage });

  readonly #extractors = new Live(this, {
    load: () => this.#loadExtractors(),
    kinds: ['dataset', 'model', 'tensor-model'],
    storage: () => this.storage,
  });

  async #loadExtractors(): Promise<OfferedExtractor[]> {
    const { fields } = await this.datasets.get(this.item);
    if (!fields.some(({ type }) => type === 'picture')) return [];
    return offeredExtractors(...(await Promise.all([this.models.list(), this.tensorModels.list()])));
  }

  /** What was begun for this table in the pipeline panel. */
  get #pipeline(): PipelineSpec {
    return readDraft(this.item);
  }

  constructor() {
    super();
    new PageHeading(this, () => `Train on ${this.#dataset.value?.name ?? 'a table'}`);
    new Follow(this, () => this.job);
    new Follow(this, () => this.#rate);
  }

  protected override updated(): void {
    // The run has an address as soon as the trainer has given it an identifier. A small table is done before the first redraw.
    // An extractor is opened while reading: where it is refused, the page stays at its field.
    const isUnsure = this.job?.stage === 'reading' && this.job.request.spec.extractor !== undefined;
    const begun = (this.job?.active && !isUnsure) || this.job?.state === 'finished';
    if (this.job?.run && begun && this.isConnected) location.hash = this.job.route;
  }

  async #train(spec: TrainingSpec): Promise<void> {
    const job = new TrainingJob(this.trainer, this.#request(spec), `Training on ${this.#dataset.value?.name ?? 'a table'}`);
    this.job = job;
    this.refused = undefined;
    await this.jobs.run(job);
    this.refused = extractorRefusal(job.problem);
  }

  #findRate(spec: TrainingSpec): void {
    void this.jobs.run(new RateJob(this.trainer, this.#request(spec)));
    this.requestUpdate();
  }

  /** With the pipeline and the layers that are being made for the table. */
  #request(spec: TrainingSpec): TrainingRequest {
    return { dataset: this.item, spec: withLayers(withDraft(spec, this.item), this.item) };
  }

  #targetIn(dataset: DatasetRecord): string {
    const isWithout = this.task === 'anomaly' && this.target === '';
    return isWithout ? '' : chosenTarget(dataset, this.target ?? this.detail);
  }

  /** Also one that was begun on an earlier visit of the page: it went on meanwhile. */
  get #rate(): RateJob | undefined {
    const { value: dataset } = this.#dataset;
    return dataset && rateSearch(this.jobs, dataset.id, this.#targetIn(dataset));
  }

  override render() {
    const { value: dataset, problem } = this.#dataset;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">This table cannot be trained on</h1>${problemNotice(problem, html`<a class="button" href="#/">All tables</a>`)}</div>`;
    if (!dataset) return loading('Table');
    const target = this.#targetIn(dataset);
    const rate = this.#rate;
    const { decided, refused } = taskOfTarget(dataset.fields, target, this.task);
    return html`<div class="page">
      <header><h1 tabindex="-1">Train on ${dataset.name}</h1>
        <p class="lead"><a href="#/data/${dataset.id}">${counted(dataset.rows, 'row')} × ${counted(dataset.fields.length, 'column')}</a></p></header>
      ${this.job?.state === 'failed' && !this.refused ? problemNotice(this.job.problem) : nothing}
      <div class="with-side">
        <div class="stack"><section class="card" aria-label="Training">
          <bw-training-form .fields=${dataset.fields} .target=${target} .decided=${decided} .refused=${refused && `${refused.message} ${refused.advice}`}
            .automatic=${decided ? automaticValues(dataset, target, decided.task) : new Map()} .device=${this.preferences.device} .busy=${this.job?.active ?? false}
            .extractors=${this.#extractors.value ?? []} .refusedExtractor=${this.refused}
            @bw-target=${(event: CustomEvent<string>) => {
              this.target = event.detail;
            }}
            @bw-task=${(event: CustomEvent<Task | undefined>) => {
              this.task = event.detail;
            }}
            .rates=${rate && { active: rate.active, detail: rate.detail, progress: rate.progress, points: rate.points, finding: rate.result }}
            @bw-find-rate=${(event: CustomEvent<TrainingSpec>) => this.#findRate(event.detail)} @bw-rate-cancel=${() => rate?.cancel()}
            @bw-train=${(event: CustomEvent<TrainingSpec>) => this.#train(event.detail)}></bw-training-form>
          ${this.#extractors.problem ? problemNotice(this.#extractors.problem) : nothing}
          ${rate?.state === 'failed' ? problemNotice(rate.problem) : nothing}
          ${this.job?.active ? html`<bw-progress-line .label=${this.job.detail}></bw-progress-line>` : nothing}
        </section></div>
        <div class="stack">${targetCard(dataset, target, { task: this.task })}
          ${pipelineCard(dataset.id, target, this.#pipeline, () => {
            keepDraft(this.item, {});
            this.requestUpdate();
          })}
          ${layersCard(dataset.id, target, () => {
            keepLayers(this.item, target, undefined);
            this.requestUpdate();
          })}
          <section class="card small" aria-labelledby="sweep"><h2 id="sweep">Undecided?</h2><p>A sweep tries many and keeps the best.</p>
            <div class="row"><a class="button" href=${`#/sweep/${dataset.id}/${encodeURIComponent(target)}`}>Begin a sweep</a></div></section>
          <section class="card small" aria-labelledby="happens"><h2 id="happens">What happens</h2>
            <ol><li>The rows are divided: most train, some choose the best moment, the rest are seen once, at the end.</li>
            <li>Missing values and categories are handled from the training rows alone.</li>
            <li>A trivial baseline and a linear model are trained beside it, so that you can tell what the result is worth.</li></ol></section>
        </div>
      </div>
    </div>`;
  }
}
