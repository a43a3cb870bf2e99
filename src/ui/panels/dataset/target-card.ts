/** What would be learnt: the target's task, why, and how its values are spread. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { isNumeric } from '../../../spec/field-type.js';
import type { Profile } from '../../../spec/profile.js';
import { learnsWithoutTarget, type Task } from '../../../spec/task.js';
import type { Bar } from '../../elements/bars.js';
import { fieldInWords } from '../../elements/field-picture.js';
import { count, counted, percentage } from '../../format.js';
import { taskWords } from '../../words.js';
import { taskOfTarget } from '../task-of-target.js';
import '../../elements/bars.js';
import '../../elements/column-picture.js';
import '../../elements/histogram.js';

const mostClassesShown = 12;

interface Known {
  profile?: Profile | undefined;
  /** What was asked for; left out, what the column leads to. */
  task?: Task | undefined;
}

export function targetCard(dataset: DatasetRecord, target: string, { profile, task }: Known = {}): TemplateResult {
  const field = dataset.fields.find(({ name }) => name === target);
  if (!field) return html``;
  const why = profile?.targets.find(({ name }) => name === target);
  const { decided, refused } = taskOfTarget(dataset.fields, target, task);
  const known = Math.max(1, dataset.rows - field.missing);
  const measured = profile?.columns.find(({ name }) => name === target);
  // Classes that are written as whole numbers are classes all the same.
  const classes = field.top ?? (decided?.task === 'classification' ? measured?.top?.values : undefined) ?? [];
  const shares: Bar[] = classes.slice(0, mostClassesShown).map(({ value, count: times }) => ({
    name: value,
    value: times / known,
    shown: `${count(times)} · ${percentage(times / known)}`,
    emphasis: false,
  }));
  const spread = isNumeric(field.type) && field.histogram && shares.length === 0;
  return html`<section class="card" aria-labelledby="target"><h2 id="target">What to learn</h2>
    <h3>${target}</h3>
    ${why ? html`<p class="small soft">${why.reason}</p>` : nothing}
    ${decided ? html`<p class="small">${taskWords[decided.task].target} <span class="soft">${decided.reason}</span></p>` : nothing}
    ${refused ? html`<p class="hint bad" role="status">${refused.message} ${refused.advice}</p>` : nothing}
    ${shares.length > 0 ? html`<bw-bars .bars=${shares} .to=${Math.max(...shares.map(({ value }) => value))} label="Rows of each class"></bw-bars>` : nothing}
    ${spread ? html`${measured ? html`<bw-column-picture .column=${measured} .rows=${dataset.rows}></bw-column-picture>` : html`<bw-histogram class="tall" .counts=${field.histogram} .label="Spread of ${target}"></bw-histogram>`}<p class="hint figures">${fieldInWords(field)}</p>` : nothing}
    ${field.missing > 0 && !(decided && learnsWithoutTarget(decided.task)) ? html`<p class="hint">${counted(field.missing, 'row')} without it ${field.missing === 1 ? 'is' : 'are'} left out of training.</p>` : nothing}
  </section>`;
}
