/** One model in use: a form and its prediction, a file in and a CSV out, its figures and where it came from. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Models } from '../../../infer/models.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { headlineOf } from '../../../stats/headline.js';
import { Live } from '../../contexts/live.js';
import { modelsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import { counted, moment, score } from '../../format.js';
import { headline } from '../../words.js';
import { cannotBeShown } from '../cannot-be-shown.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { rename } from '../renaming.js';
import { lineageCard } from './lineage-card.js';
import { modelStyles } from './model-styles.js';
import '../../elements/editable-name.js';
import '../../elements/metrics-table.js';
import '../damage-notice.js';
import './deploy-card.js';
import './export-card.js';
import './forecast-card.js';
import './predict-file.js';
import './predict-form.js';
import './predict-picture.js';

@customElement('bw-model-panel')
export class ModelPanel extends LitElement {
  static override styles = [...panelStyles, loadingStyles, modelStyles];

  @property() item = '';
  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;

  readonly #model = new Live(this, { load: () => this.models.get(this.item), kinds: ['model'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => this.#model.value?.name ?? 'Model');
  }

  async #remove(model: ModelRecord): Promise<void> {
    if (await removeWithUndo(this.models, this.toasts, model.id, model.name)) location.hash = '#/models';
  }

  override render() {
    const { value: model, problem } = this.#model;
    if (problem) return cannotBeShown('model', problem, { href: '#/models', title: 'All models' });
    if (!model) return loading('Model');
    return html`<div class="page">
      <header class="page-header">
        <div><bw-editable-name .name=${model.name} @bw-rename=${(event: CustomEvent<string>) => rename(this.models, this.toasts, this.item, event.detail)}><h1 tabindex="-1">${model.name}</h1></bw-editable-name>
          <p class="lead">${model.task === 'anomaly' ? 'Tells odd rows by' : html`Predicts <b>${model.target}</b> from`} ${counted(model.fields.length, 'column')} · ${headline(model.task, model.metrics.test).title} <span class="figures">${score(headlineOf(model.metrics.test))}</span> on test rows · ${moment(model.created)}</p></div>
        <div class="row"><button type="button" class="quiet" @click=${() => this.#remove(model)}>${icon('remove')} Delete</button></div>
      </header>
      <bw-damage-notice kind="model" .item=${model.id}></bw-damage-notice>
      ${model.fields.some(({ type }) => type === 'picture') ? html`<bw-predict-picture .model=${model}></bw-predict-picture>` : html`<bw-predict-form .model=${model}></bw-predict-form>`}
      ${model.task === 'forecast' ? html`<bw-forecast-card .model=${model}></bw-forecast-card>` : nothing}
      <div class="below">
        <bw-predict-file .model=${model}></bw-predict-file>
        <section class="card" aria-labelledby="figures"><h2 id="figures">How good it is</h2>
          <bw-metrics-table compact .task=${model.task} .columns=${[{ title: 'Test', metrics: model.metrics.test }, { title: 'Validation', metrics: model.metrics.validation }]}></bw-metrics-table></section>
        ${lineageCard(model)}
        <bw-deploy-card .model=${model}></bw-deploy-card>
        <bw-export-card .model=${model}></bw-export-card>
      </div>
    </div>`;
  }
}
