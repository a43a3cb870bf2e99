/** The steps of a pipeline by column, and the columns that it derives. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Field } from '../../../spec/field.js';
import type { ColumnStep, PipelineSpec } from '../../../spec/pipeline-spec.js';
import type { PipelinePreview } from '../../../train/pipelines.js';
import { icon } from '../../elements/icon.js';
import { counted } from '../../format.js';
import { movedUp, withoutDerivation, withStep } from './changes.js';
import '../../elements/step-editor.js';

/** Editors drawn at once: more of them would hold the page up. */
const mostShown = 60;

export interface StepsCard {
  /** Those derived among them. */
  fields: readonly Field[];
  target: string;
  pipeline: PipelineSpec;
  preview: PipelinePreview | undefined;
  change: (pipeline: PipelineSpec) => void;
}

export function stepsCard({ fields, target, pipeline, preview, change }: StepsCard): TemplateResult {
  const asked = new Map((pipeline.columns ?? []).map(({ column, step }) => [column, step]));
  const fitted = new Map((preview?.steps ?? []).map((step) => [step.column, step]));
  const ignored = new Map((preview?.ignored ?? []).map(({ column, reason }) => [column, reason]));
  const columns = fields.filter(({ name }) => name !== target);
  const lags = (preview?.steps ?? []).filter(({ column }) => !fields.some(({ name }) => name === column));
  return html`<section class="card" aria-labelledby="steps"><h2 id="steps">Steps by column</h2>
    <ul class="steps">${columns.slice(0, mostShown).map(
      ({
        name,
        type,
      }) => html`<li><bw-step-editor .column=${name} .type=${type} .step=${asked.get(name)} .inputs=${fitted.get(name)?.inputs}
        .order=${fitted.get(name)?.order ?? []} .parts=${fitted.get(name)?.parts ?? []}
        .why=${ignored.get(name) ?? fitted.get(name)?.why ?? ''}
        @bw-step=${({ detail }: CustomEvent<ColumnStep | undefined>) => change(withStep(pipeline, name, detail ?? undefined))}></bw-step-editor></li>`,
    )}</ul>
    ${columns.length > mostShown ? html`<p class="hint">${counted(columns.length - mostShown, 'more column')} stay automatic here; a pipeline file can name them.</p>` : nothing}
    ${lags.length > 0 ? html`<p class="small">And ${counted(lags.length, 'column')} of earlier rows: ${lags.map(({ column }) => column).join(', ')}.</p>` : nothing}
  </section>`;
}

export function derivedCard({ pipeline, change }: Pick<StepsCard, 'pipeline' | 'change'>): TemplateResult | typeof nothing {
  const { derive = [] } = pipeline;
  if (derive.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="derived"><h2 id="derived">Derived columns</h2>
    <ol class="derived">${derive.map(
      ({ name, expression }, index) => html`<li><div><b>${name}</b><code>${expression}</code></div>
      <div class="row">
        ${index > 0 ? html`<button type="button" class="quiet icon-only" aria-label="Move ${name} up" @click=${() => change(movedUp(pipeline, index))}>↑</button>` : nothing}
        <button type="button" class="quiet icon-only" aria-label="Remove ${name}" @click=${() => change(withoutDerivation(pipeline, name))}>${icon('remove')}</button></div></li>`,
    )}</ol></section>`;
}
