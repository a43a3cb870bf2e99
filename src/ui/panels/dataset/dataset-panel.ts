/** One table: its size, what to know about it, its columns, its first rows, and what to learn from it. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Table } from '../../../data/table.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { Live } from '../../contexts/live.js';
import { datasetsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import type { PicturePage } from '../../elements/picture-pages.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { counted, moment } from '../../format.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { rename } from '../renaming.js';
import { warningList } from '../warning-list.js';
import { datasetStyles } from './dataset-styles.js';
import { pictureCard, picturePage, pictureSizeOf } from './picture-card.js';
import { targetCard } from './target-card.js';
import '../../elements/column-table.js';
import '../../elements/editable-name.js';
import '../../elements/preview-table.js';
import './download-card.js';
import './lake-card.js';

const previewRows = 100;

interface Shown {
  dataset: DatasetRecord;
  preview: Table;
}

@customElement('bw-dataset-panel')
export class DatasetPanel extends LitElement {
  static override styles = [...panelStyles, loadingStyles, datasetStyles];

  @property() item = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private chosen: string | undefined;

  readonly #shown = new Live<Shown>(this, { load: () => this.#load(), kinds: ['dataset'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => this.#shown.value?.dataset.name ?? 'Table');
  }

  async #load(): Promise<Shown> {
    const [dataset, preview] = await Promise.all([this.datasets.get(this.item), this.datasets.preview(this.item, 0, previewRows)]);
    return { dataset, preview };
  }

  /** The same function all the while: another one would empty the grid. */
  readonly #loadPictures = (offset: number, limit: number): Promise<PicturePage> => picturePage(this.datasets, this.item, offset, limit);

  async #remove(name: string): Promise<void> {
    if (await removeWithUndo(this.datasets, this.toasts, this.item, name)) location.hash = '#/';
  }

  override render() {
    const { value, problem } = this.#shown;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">This table cannot be shown</h1>${problemNotice(problem, html`<a class="button" href="#/">All tables</a>`)}</div>`;
    if (!value) return loading('Table');
    const { dataset, preview } = value;
    const { name, fields, rows, origin, created } = dataset;
    const size = pictureSizeOf(dataset);
    const target = this.chosen ?? dataset.suggestedTarget ?? fields.at(-1)?.name ?? '';
    return html`<div class="page">
      <header class="page-header">
        <div><bw-editable-name .name=${name} @bw-rename=${(event: CustomEvent<string>) => rename(this.datasets, this.toasts, this.item, event.detail)}><h1 tabindex="-1">${origin.title && name === origin.name ? origin.title : name}</h1></bw-editable-name>
          <p class="lead"><span class="figures">${counted(rows, 'row')} × ${counted(fields.length, 'column')}</span> · added ${moment(created)}</p></div>
        <div class="row"><button type="button" class="quiet" @click=${() => this.#remove(name)}>${icon('remove')} Delete</button>
          <a class="button" href=${`#/pipeline/${dataset.id}/${encodeURIComponent(target)}`}>Pipeline</a>
          <a class="button primary" href=${`#/train/${dataset.id}/${encodeURIComponent(target)}`}>Train on this</a></div>
      </header>
      <div class="columns">
        <div class="stack main">
          ${size ? pictureCard(dataset, size, this.#loadPictures) : nothing}
          <section class="card" aria-labelledby="columns"><h2 id="columns">Columns</h2>
            <bw-column-table .fields=${fields} .rows=${rows} .target=${target} @bw-target=${(event: CustomEvent<string>) => {
              this.chosen = event.detail;
            }}></bw-column-table></section>
          ${
            size
              ? nothing
              : html`<section class="card" aria-labelledby="rows"><h2 id="rows">First rows</h2>
            <bw-preview-table .table=${preview} .types=${fields.map(({ type }) => type)} .rows=${rows} .target=${target}></bw-preview-table></section>`
          }
        </div>
        <div class="stack side">
          ${targetCard(dataset, target)}
          ${warningList(dataset.warnings)}
          ${origin.lake ? html`<bw-lake-card .table=${dataset}></bw-lake-card>` : nothing}
          ${size ? nothing : html`<bw-download-card .table=${dataset}></bw-download-card>`}
          ${
            origin.attribution
              ? html`<section class="card small" aria-labelledby="source"><h2 id="source">Where it is from</h2><p>${origin.attribution}</p>
            <p class="soft">${origin.licence}${origin.url ? html` · <a href=${origin.url} target="_blank" rel="noreferrer">source</a>` : nothing}</p></section>`
              : nothing
          }
        </div>
      </div>
    </div>`;
  }
}
