/** A model of another program among the models. */
import { html, type TemplateResult } from 'lit';
import type { TensorModelRecord } from '../../../spec/tensor-model.js';
import { icon } from '../../elements/icon.js';
import { bytes, counted, moment } from '../../format.js';

export const tensorModelCard = (
  model: TensorModelRecord,
  isDamaged: boolean,
  remove: () => unknown,
): TemplateResult => html`<li class="card">
  <a class="name" href="#/tensors/${model.id}">${model.name}</a>${isDamaged ? html`<span class="chip bad">damaged</span>` : html`<span class="chip">ONNX</span>`}
  <p class="small soft">${counted(model.inputs.length, 'tensor')} in, ${counted(model.outputs.length, 'tensor')} out · ${counted(model.inspection.parameters, 'parameter')} · ${bytes(model.size)} · ${moment(model.created)}</p>
  <div class="row actions"><a class="button" href="#/tensors/${model.id}" aria-label="Use ${model.name}">Use</a>
    <button type="button" class="quiet icon-only" aria-label="Delete ${model.name}" title="Delete" @click=${remove}>${icon('remove')}</button></div>
</li>`;
