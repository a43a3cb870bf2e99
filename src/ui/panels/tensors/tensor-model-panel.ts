/** A model of another program: what it is by its own words, and a try. */
import { consume } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TensorModels } from '../../../infer/tensors/models.js';
import type { TensorModelRecord } from '../../../spec/tensor-model.js';
import { Live } from '../../contexts/live.js';
import { tensorModelsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import { counted, moment } from '../../format.js';
import { cannotBeShown } from '../cannot-be-shown.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { rename } from '../renaming.js';
import { graphCard, operatorsCard, tensorsCard, wordsCard } from './inspection-cards.js';
import '../../elements/editable-name.js';
import '../damage-notice.js';
import '../model/deploy-card.js';
import './try-tensors.js';

@customElement('bw-tensor-model-panel')
export class TensorModelPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    css`
      .below { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
      .facts dt { overflow-wrap: anywhere; }
      .words { white-space: pre-wrap; max-block-size: 320px; overflow: auto; }
    `,
  ];

  @property() item = '';
  @consume({ context: tensorModelsContext }) private readonly tensorModels!: TensorModels;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;

  readonly #model = new Live(this, { load: () => this.tensorModels.get(this.item), kinds: ['tensor-model'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => this.#model.value?.name ?? 'Model');
  }

  async #remove(model: TensorModelRecord): Promise<void> {
    if (await removeWithUndo(this.tensorModels, this.toasts, model.id, model.name)) location.hash = '#/models';
  }

  override render() {
    const { value: model, problem } = this.#model;
    if (problem) return cannotBeShown('model', problem, { href: '#/models', title: 'All models' });
    if (!model) return loading('Model');
    return html`<div class="page">
      <header class="page-header">
        <div><bw-editable-name .name=${model.name} @bw-rename=${(event: CustomEvent<string>) => rename(this.tensorModels, this.toasts, this.item, event.detail)}><h1 tabindex="-1">${model.name}</h1></bw-editable-name>
          <p class="lead">A model of another program (ONNX) · ${counted(model.inputs.length, 'tensor')} in, ${counted(model.outputs.length, 'tensor')} out · ${moment(model.created)}</p></div>
        <div class="row"><button type="button" class="quiet" @click=${() => this.#remove(model)}>${icon('remove')} Delete</button></div>
      </header>
      <bw-damage-notice kind="tensor-model" .item=${model.id}></bw-damage-notice>
      <bw-try-tensors .model=${model}></bw-try-tensors>
      <div class="below"><bw-deploy-card .model=${model}></bw-deploy-card>${tensorsCard(model)}${operatorsCard(model)}${graphCard(model)}${wordsCard(model)}</div>
    </div>`;
  }
}
