/** A result never stands alone: beside it the linear model and the trivial baseline, on the same rows. */
import { html, type TemplateResult } from 'lit';
import type { Metrics } from '../../../spec/metrics.js';
import type { Task } from '../../../spec/task.js';
import { headlineOf } from '../../../stats/headline.js';
import type { Bar } from '../../elements/bars.js';
import { score } from '../../format.js';
import { baselineName, headline } from '../../words.js';

export function besideBars(
  task: Task,
  result: number | undefined,
  linear: Metrics | undefined,
  baseline: Metrics | undefined,
): TemplateResult {
  const bars: Bar[] = [];
  if (result !== undefined) bars.push({ name: 'This model', value: result, shown: score(result), emphasis: true });
  if (linear) bars.push({ name: 'Linear model', value: headlineOf(linear), shown: score(headlineOf(linear)) });
  if (baseline) bars.push({ name: baselineName(task), value: headlineOf(baseline), shown: score(headlineOf(baseline)) });
  return html`<bw-bars .bars=${bars} .label=${`${headline(task, baseline ?? linear).title} of this model and of simple ones`}></bw-bars>`;
}
