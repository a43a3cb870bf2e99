/** One table: its size, its columns as a profile shows them, what to mend, its rows, and what to learn from it. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Table } from '../../../data/table.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import type { Field } from '../../../spec/field.js';
import { type FieldType, fieldTypes } from '../../../spec/field-type.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { datasetsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import type { LoadRows } from '../../elements/pages.js';
import type { PicturePage } from '../../elements/picture-pages.js';
import { counted, moment } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { Stages } from '../../stages.js';
import { typeWords } from '../../words.js';
import { cannotBeShown } from '../cannot-be-shown.js';
import { chosenTarget } from '../chosen-target.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { rename } from '../renaming.js';
import { warningList } from '../warning-list.js';
import { datasetStyles } from './dataset-styles.js';
import { pictureCard, picturePage, pictureSizeOf } from './picture-card.js';
import { basis, correlationCard, findingsCard, missingCard, profileProgress } from './profile-cards.js';
import { ProfileRun } from './profile-run.js';
import { targetCard } from './target-card.js';
import '../../elements/column-detail.js';
import '../../elements/column-profiles.js';
import '../../elements/editable-name.js';
import '../../elements/virtual-table.js';
import '../damage-notice.js';
import './download-card.js';
import './lake-card.js';
import './versions-card.js';

/** What a column that is no picture can be read as. */
const otherTypes: readonly FieldType[] = fieldTypes.filter((type) => type !== 'picture');

/** Warnings of the import that the profile says better. */
const saidByProfile: ReadonlySet<string> = new Set(['almost-empty-column', 'constant-column', 'class-imbalance']);

@customElement('bw-dataset-panel')
export class DatasetPanel extends LitElement {
  static override styles = [...panelStyles, loadingStyles, datasetStyles];

  @property() item = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @state() private chosen: string | undefined;
  /** The column whose detail is open. */
  @state() private opened = '';
  /** The same while the data is: other fields, or another function, would begin the table anew. */
  #known: { hash: string; fields: Field[]; load: LoadRows<Table>; loadPictures: LoadRows<PicturePage> } | undefined;
  readonly #profiling = new ProfileRun(this, () => this.datasets);
  /** Of the table, and of its profile, which comes later. */
  readonly #stages = new Stages(this, () => (this.#shown.value ? 2 : 0));
  readonly #profileStages = new Stages(this, () => (this.#profiling.profile ? 1 : 0));

  readonly #shown = new Live<DatasetRecord>(this, { load: () => this.#load(), kinds: ['dataset'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => this.#shown.value?.name ?? 'Table');
  }

  async #load(): Promise<DatasetRecord> {
    const dataset = await this.datasets.get(this.item);
    if (dataset.hash !== this.#known?.hash) {
      this.#known = {
        hash: dataset.hash,
        // Of this very version: pages that are fetched while another comes into use would be of other rows.
        fields: dataset.fields,
        load: (offset, limit) => this.datasets.preview(this.item, offset, limit, dataset.hash),
        loadPictures: (offset, limit) => picturePage(this.datasets, this.item, offset, limit, dataset.hash),
      };
    }
    return dataset;
  }

  async #remove(name: string): Promise<void> {
    if (await removeWithUndo(this.datasets, this.toasts, this.item, name)) location.hash = '#/';
  }

  /** As a new version, so that undo is going back to the one before. */
  async #retype(dataset: DatasetRecord, column: string, type: FieldType): Promise<void> {
    this.opened = '';
    const { RetypeJob } = await import('../../jobs/retype-job.js');
    const job = await this.jobs.run(new RetypeJob(this.datasets, dataset, column, type));
    if (job.state === 'failed') this.toasts.fail(job.problem);
    const { id, hash } = dataset;
    if (!job.result || job.result.hash === hash) return;
    this.toasts.show(`“${column}” is read as ${typeWords[type]}.`, {
      label: 'Undo',
      run: async () => void (await this.datasets.useVersion(id, hash)),
    });
  }

  protected override updated(): void {
    const dataset = this.#shown.value;
    if (dataset) this.#profiling.want(dataset, this.#target(dataset));
  }

  #target(dataset: DatasetRecord): string {
    // Another version may lack the column.
    return chosenTarget(dataset, dataset.fields.some(({ name }) => name === this.chosen) ? this.chosen : undefined);
  }

  override render() {
    const { value, problem } = this.#shown;
    if (problem) return cannotBeShown('table', problem, { href: '#/', title: 'All tables' });
    if (!value) return loading('Table');
    const dataset = value;
    const { name, rows, origin, created } = dataset;
    const { fields, load } = this.#known ?? { fields: dataset.fields, load: undefined };
    const size = pictureSizeOf(dataset);
    const target = this.#target(dataset);
    const { profile } = this.#profiling;
    return html`<div class="page">
      <header class="page-header">
        <div><bw-editable-name .name=${name} @bw-rename=${(event: CustomEvent<string>) => rename(this.datasets, this.toasts, this.item, event.detail)}><h1 tabindex="-1">${origin.title && name === origin.name ? origin.title : name}</h1></bw-editable-name>
          <p class="lead"><span class="figures">${counted(rows, 'row')} × ${counted(fields.length, 'column')}</span> · added ${moment(created)}${dataset.version && dataset.version.number > 1 ? html` · version ${dataset.version.number}` : nothing}</p></div>
        <div class="row"><button type="button" class="quiet" @click=${() => this.#remove(name)}>${icon('remove')} Delete</button>
          <a class="button" href=${`#/pipeline/${dataset.id}/${encodeURIComponent(target)}`}>Pipeline</a>
          <a class="button primary" href=${`#/train/${dataset.id}/${encodeURIComponent(target)}`}>Train on this</a></div>
      </header>
      <bw-damage-notice kind="dataset" .item=${dataset.id}></bw-damage-notice>
      <div class="with-side">
        <div class="stack main">
          ${size && this.#known ? pictureCard(dataset, size, this.#known.loadPictures) : nothing}
          ${profile ? findingsCard(profile) : nothing}
          <section class="card" aria-labelledby="columns"><h2 id="columns">Columns</h2>
            ${profileProgress(this.#profiling, () => this.#profiling.again(dataset, target))}
            <bw-column-profiles .fields=${fields} .profile=${profile} .rows=${rows} .target=${target}
              @bw-target=${(event: CustomEvent<string>) => {
                this.chosen = event.detail;
              }} @bw-column=${(event: CustomEvent<string>) => {
                this.opened = event.detail;
              }}></bw-column-profiles>
            ${profile ? basis(profile) : nothing}</section>
        </div>
        <div class="stack side">${
          !this.#stages.has(1)
            ? nothing
            : html`
          ${targetCard(dataset, target, { profile })}
          ${warningList(profile ? dataset.warnings.filter(({ code }) => !saidByProfile.has(code)) : dataset.warnings)}
          ${origin.lake ? html`<bw-lake-card .table=${dataset}></bw-lake-card>` : nothing}
          ${size ? nothing : html`<bw-download-card .table=${dataset}></bw-download-card>`}
          ${
            origin.attribution
              ? html`<section class="card small" aria-labelledby="source"><h2 id="source">Where it is from</h2><p>${origin.attribution}</p>
            <p class="soft">${origin.licence}${origin.url ? html` · <a href=${origin.url} target="_blank" rel="noreferrer">source</a>` : nothing}</p></section>`
              : nothing
          }`
        }
        </div>
      </div>
      ${profile && this.#profileStages.has(1) ? html`<div class="maps">${correlationCard(profile)}${missingCard(profile)}</div>` : nothing}
      ${this.#stages.has(1) ? html`<bw-versions-card .table=${dataset}></bw-versions-card>` : nothing}
          ${
            size || !this.#stages.has(2)
              ? nothing
              : html`<section class="card" aria-labelledby="rows"><h2 id="rows">Rows</h2>
            <bw-virtual-table .fields=${fields} .rows=${rows} .target=${target} .load=${load}></bw-virtual-table></section>`
          }
      <bw-column-detail .column=${profile?.columns.find((column) => column.name === this.opened)} .profile=${profile} .types=${fields.find((field) => field.name === this.opened)?.type === 'picture' ? [] : otherTypes}
        @bw-retype=${({ detail }: CustomEvent<{ column: string; type: FieldType }>) => void this.#retype(dataset, detail.column, detail.type)} @bw-close=${() => {
          this.opened = '';
        }}></bw-column-detail>
    </div>`;
  }
}
