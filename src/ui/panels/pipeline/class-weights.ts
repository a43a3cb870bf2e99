/** How much the rows of a class count: all the same, each class the same, or weights of one's own. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PipelineSpec } from '../../../spec/pipeline-spec.js';
import type { PipelinePreview } from '../../../train/pipelines.js';
import { counted, percentage } from '../../format.js';

export interface ClassWeights {
  classes: NonNullable<PipelinePreview['classes']>;
  pipeline: PipelineSpec;
  change: (pipeline: PipelineSpec) => void;
}

/** Fields drawn at once. */
const mostShown = 50;
const largest = 1e6;

export function classWeightFields({ classes, pipeline, change }: ClassWeights): TemplateResult {
  const { classWeights, ...rest } = pipeline;
  const own = Array.isArray(classWeights) ? classWeights : undefined;
  const choose = (event: Event): void => {
    const choice = (event.target as HTMLSelectElement).value;
    if (choice === '') change(rest);
    else change({ ...rest, classWeights: choice === 'own' ? classes.map(({ name }) => ({ class: name, weight: 1 })) : 'balanced' });
  };
  return html`<label>How much classes count<select @change=${choose}><option value="" ?selected=${classWeights === undefined}>Each row the same</option>
      <option value="balanced" ?selected=${classWeights === 'balanced'}>Each class the same</option>
      <option value="own" ?selected=${own !== undefined} ?disabled=${classes.length === 0 && !own}>Weights of your own</option></select></label>
    ${own ? weightFields(own, classes, (weights) => change({ ...rest, classWeights: weights })) : nothing}`;
}

type Weights = { class: string; weight: number }[];

function weightFields(own: Weights, classes: ClassWeights['classes'], change: (weights: Weights) => void): TemplateResult {
  const rowsOf = new Map(classes.map(({ name, rows }) => [name, rows]));
  const names = [...new Set([...classes.map(({ name }) => name), ...own.map((each) => each.class)])];
  const weightOf = (name: string): number => own.find((each) => each.class === name)?.weight ?? 1;
  const whole = names.reduce((sum, name) => sum + weightOf(name) * (rowsOf.get(name) ?? 0), 0);
  const set = (name: string, event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (!input.reportValidity()) return;
    change(names.map((each) => ({ class: each, weight: each === name ? Number(input.value) : weightOf(each) })));
  };
  return html`<fieldset class="weights"><legend class="hint">A row of weight 2 is met twice as often as one of weight 1.</legend>
    ${names.slice(0, mostShown).map((name) => {
      const rows = rowsOf.get(name) ?? 0;
      const share = whole > 0 ? percentage((weightOf(name) * rows) / whole) : '–';
      return html`<label><span class="class">${name}</span><input type="number" inputmode="decimal" min="0.000001" max=${largest} step="any" required
        .value=${String(weightOf(name))} @change=${(event: Event) => set(name, event)} /><span class="hint">${share} of what is met · ${counted(rows, 'row')}</span></label>`;
    })}
    ${names.length > mostShown ? html`<p class="hint">And ${counted(names.length - mostShown, 'more class', 'more classes')}, which count 1 unless a pipeline file says otherwise.</p>` : nothing}</fieldset>`;
}
