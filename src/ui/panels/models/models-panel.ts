/** The models that are kept. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AnyModelRecord, Models } from '../../../infer/models.js';
import type { TensorModels } from '../../../infer/tensors/models.js';
import type { Deployments } from '../../../serve/deployments.js';
import type { TensorModelRecord } from '../../../spec/tensor-model.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { headlineOf } from '../../../stats/headline.js';
import type { Inventory } from '../../../storage/inventory/inventory.js';
import { Live } from '../../contexts/live.js';
import { deploymentsContext, inventoryContext, modelsContext, tensorModelsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { counted, moment, score } from '../../format.js';
import { headline } from '../../words.js';
import { empty, emptyStyles } from '../empty.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { placesOf } from '../serve/places.js';
import { tensorModelCard } from './tensor-model-card.js';
import './add-model.js';

@customElement('bw-models-panel')
export class ModelsPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    emptyStyles,
    css`
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(290px, 100%), 1fr)); gap: var(--space-3); }
    .name { font-weight: 600; font-size: var(--size-3); color: var(--text); text-decoration: none; overflow-wrap: anywhere; min-block-size: 24px; }
    .name:hover { text-decoration: underline; }
    .actions { justify-content: space-between; }
  `,
  ];

  @property() item = '';
  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: tensorModelsContext }) private readonly tensorModels!: TensorModels;
  @consume({ context: inventoryContext }) private readonly inventory!: Inventory;
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;

  readonly #list = new Live(this, { load: () => this.#all(), kinds: ['model', 'tensor-model'], storage: () => this.storage });

  readonly #damaged = new Live(this, {
    load: () => this.inventory.damaged(),
    kinds: ['setting', 'model', 'tensor-model'],
    storage: () => this.storage,
  });

  readonly #deployed = new Live(this, { load: () => this.deployments.list(), kinds: ['deployment'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => 'Models');
  }

  /** The newest first. */
  async #all(): Promise<AnyModelRecord[]> {
    const lists = await Promise.all([this.models.list(), this.tensorModels.list()]);
    return lists.flat().sort((one, other) => other.created - one.created);
  }

  #isDamaged({ kind, id }: AnyModelRecord): boolean {
    return this.#damaged.value?.some((damage) => damage.kind === kind && damage.id === id) ?? false;
  }

  override render() {
    const { value: models, problem } = this.#list;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">Models</h1>${problemNotice(problem, html`<button type="button" @click=${() => this.#list.reload()}>Try again</button>`)}</div>`;
    if (!models) return loading('Models');
    return html`<div class="page"><header><h1 tabindex="-1">Models</h1></header>
      ${
        models.length > 0
          ? html`<ul class="cards">${models.map((model) => (model.kind === 'model' ? this.#card(model) : this.#other(model)))}</ul>`
          : empty(
              'No model has been kept yet',
              'A training that ends well leaves one here.',
              html`<a class="button primary" href="#/">Begin with a table</a>`,
            )
      }
      <bw-add-model></bw-add-model>
    </div>`;
  }

  #other(model: TensorModelRecord) {
    return tensorModelCard(model, this.#isDamaged(model), () => removeWithUndo(this.tensorModels, this.toasts, model.id, model.name));
  }

  #card(model: ModelRecord) {
    return html`<li class="card">
      <a class="name" href="#/models/${model.id}">${model.name}</a>${this.#isDamaged(model) ? html`<span class="chip bad">damaged</span>` : nothing}
      <div class="figure">${score(headlineOf(model.metrics.test))}<small>${headline(model.task, model.metrics.test).title.toLowerCase()} on test rows</small></div>
      <p class="small soft">${model.task === 'anomaly' ? 'Tells odd rows by' : html`Predicts <b>${model.target}</b> from`} ${counted(model.fields.length, 'column')} of ${model.lineage.dataset.name} · ${moment(model.created)}</p>
      ${this.#places(model)}
      <div class="row actions"><a class="button" href="#/models/${model.id}" aria-label="Use ${model.name}">Use</a>
        <button type="button" class="quiet icon-only" aria-label="Delete ${model.name}" title="Delete" @click=${() => removeWithUndo(this.models, this.toasts, model.id, model.name)}>${icon('remove')}</button></div>
    </li>`;
  }

  #places({ id }: ModelRecord) {
    const places = placesOf(this.#deployed.value ?? [], id);
    if (places.length === 0) return nothing;
    return html`<p class="row small">Answers as ${places.map(({ name, version, labels }) => html`<span class="row"><a href="#/serve/${name}">${name}</a><span class="chip">version ${version}</span>${labels.map((label) => html`<span class="chip accent">${label}</span>`)}</span>`)}</p>`;
  }
}
