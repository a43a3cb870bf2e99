/** What may be chosen of a task alone: of several labels what stands between them, of anomalies what is ordinary and how much of it may be flagged. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Task } from '../../spec/task.js';
import type { TrainingSpec } from '../../spec/training.js';

const separators = [
  ['|', 'a|b'],
  [';', 'a;b'],
  [',', 'a, b'],
  ['json', '["a", "b"]'],
] as const;

/** @param judged whether there is a column of known labels */
export function taskOptions(task: Task | undefined, judged: boolean): TemplateResult | typeof nothing {
  if (task === 'multilabel')
    return html`<label>Labels are written<select name="separator"><option value="">Automatic</option>${separators.map(([value, example]) => html`<option value=${value}>${example}</option>`)}</select></label>`;
  if (task !== 'anomaly') return nothing;
  return html`<label>Ordinary rows flagged<input name="contamination" type="number" inputmode="decimal" min="0.001" max="0.5" step="any" placeholder="0.01" />
      <span class="hint">Share of validation rows that may lie above the threshold.</span></label>
    ${judged ? html`<label>Learn from<select name="trainOn"><option value="all">all rows</option><option value="normal">rows labelled ordinary</option></select><span class="hint">Labels choose rows then; they are never learnt from.</span></label>` : nothing}`;
}

export function readTaskOptions(data: FormData): Pick<TrainingSpec, 'separator' | 'anomaly'> {
  const [separator, contamination, trainOn] = ['separator', 'contamination', 'trainOn'].map((name) => data.get(name));
  const anomaly = {
    ...(contamination ? { contamination: Number(contamination) } : {}),
    ...(trainOn === 'normal' ? { trainOn: 'normal' as const } : {}),
  };
  return { ...(separator ? { separator: String(separator) } : {}), ...(Object.keys(anomaly).length > 0 ? { anomaly } : {}) };
}
