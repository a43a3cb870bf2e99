/** What concerns rows and not single columns: how much classes count, and windows of a time series. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { isNumeric } from '../../../spec/field-type.js';
import type { PipelineSpec, WindowSpec } from '../../../spec/pipeline-spec.js';
import type { Task } from '../../../spec/task.js';
import { type ClassWeights, classWeightFields } from './class-weights.js';

export interface RowsCard {
  dataset: DatasetRecord;
  target: string;
  task: Task | undefined;
  /** Of the target, where they are known. */
  classes: ClassWeights['classes'];
  pipeline: PipelineSpec;
  change: (pipeline: PipelineSpec) => void;
}

const mostOffered = 200;

export function rowsCard({ dataset, target, task, classes, pipeline, change }: RowsCard): TemplateResult {
  const { windows } = pipeline;
  const times = dataset.fields.filter(({ type }) => isNumeric(type));
  return html`<section class="card" aria-labelledby="rows"><h2 id="rows">Rows</h2>
    ${task === 'classification' ? classWeightFields({ classes, pipeline, change }) : nothing}
    <label>Rows are a time series<select @change=${(event: Event) => {
      const time = (event.target as HTMLSelectElement).value;
      const { windows: _, ...rest } = pipeline;
      change(time === '' ? rest : { ...rest, windows: { columns: [target], length: 7, horizon: 1, ...windows, time } });
    }}><option value="">No</option>${times.slice(0, mostOffered).map(({ name }) => html`<option value=${name} ?selected=${windows?.time === name}>in the order of ${name}</option>`)}</select>
      <span class="hint">Each row then sees the rows before it, and what is learnt is the target of a later row.</span></label>
    ${windows ? windowOptions(windows, dataset, (changed) => change({ ...pipeline, windows: changed })) : nothing}
  </section>`;
}

function windowOptions(windows: WindowSpec, { fields }: DatasetRecord, change: (windows: WindowSpec) => void): TemplateResult {
  const values = fields.filter(({ type }) => type !== 'picture').slice(0, mostOffered);
  const whole = (
    name: 'length' | 'horizon',
    title: string,
  ) => html`<label>${title}<input type="number" inputmode="numeric" min="1" max="1000" step="1" required
    .value=${String(windows[name])} @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      if (input.reportValidity()) change({ ...windows, [name]: Number(input.value) });
    }} /></label>`;
  return html`<label>One series for each<select @change=${(event: Event) => {
    const { group: _, ...rest } = windows;
    const group = (event.target as HTMLSelectElement).value;
    change(group === '' ? rest : { ...rest, group });
  }}><option value="">all rows are one</option>${values.filter(({ name }) => name !== windows.time).map(({ name }) => html`<option value=${name} ?selected=${windows.group === name}>${name}</option>`)}</select></label>
    <label>Values looked back at<select multiple size="4" @change=${(event: Event) => {
      const columns = [...(event.target as HTMLSelectElement).selectedOptions].map(({ value }) => value);
      if (columns.length > 0) change({ ...windows, columns });
    }}>${values.map(({ name }) => html`<option value=${name} ?selected=${windows.columns.includes(name)}>${name}</option>`)}</select></label>
    <div class="two">${whole('length', 'Rows looked back at')}${whole('horizon', 'Rows ahead')}</div>`;
}
