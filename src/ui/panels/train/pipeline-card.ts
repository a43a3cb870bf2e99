/** Whether columns are prepared automatically or by a pipeline of one's own. */
import { html, type TemplateResult } from 'lit';
import type { PipelineSpec } from '../../../spec/pipeline-spec.js';
import { counted } from '../../format.js';
import { isAutomatic } from '../pipeline/draft.js';

/** What was chosen, in words. */
function summary({ columns = [], derive = [], windows, classWeights }: PipelineSpec): string {
  const parts = [
    ...(columns.length > 0 ? [counted(columns.length, 'step')] : []),
    ...(derive.length > 0 ? [counted(derive.length, 'derived column')] : []),
    ...(windows ? [`windows of ${counted(windows.length, 'row')}`] : []),
    ...(classWeights ? ['class weights'] : []),
  ];
  return parts.join(', ') || 'chosen columns';
}

export function pipelineCard(dataset: string, target: string, pipeline: PipelineSpec, reset: () => void): TemplateResult {
  const automatic = isAutomatic(pipeline);
  return html`<section class="card small" aria-labelledby="pipeline"><h2 id="pipeline">Pipeline</h2>
    <p>${automatic ? 'Columns are prepared by their types.' : `Your own: ${summary(pipeline)}.`}</p>
    <div class="row"><a class="button" href=${`#/pipeline/${dataset}/${encodeURIComponent(target)}`}>${automatic ? 'Look or change' : 'Change'}</a>
      ${automatic ? '' : html`<button type="button" class="quiet" @click=${reset}>Automatic again</button>`}</div></section>`;
}
