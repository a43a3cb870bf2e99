/** Where a model came from: enough to make it again. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ModelRecord } from '../../../spec/trained.js';
import { bytes, counted } from '../../format.js';
import '../learnt-from.js';

/** As many characters of a hash as tell versions apart at a glance; the whole is in the title. */
const shownOfHash = 12;

/** The layers that have a size, from input to output. */
const network = ({ model }: ModelRecord): string =>
  [
    model.shape?.join(' × ') ?? String(model.inputs),
    ...model.layers.flatMap((layer) => {
      if (layer.kind === 'dense') return [String(layer.units)];
      if (layer.kind === 'conv2d') return [`${layer.filters} filters of ${layer.kernel.join(' × ')}`];
      return layer.kind === 'maxPool2d' ? [`pooling ${layer.size.join(' × ')}`] : [];
    }),
  ].join(' → ');

export const lineageCard = (
  model: ModelRecord,
): TemplateResult => html`<section class="card" aria-labelledby="lineage"><h2 id="lineage">Where it came from</h2>
  <dl class="facts">
    <dt>run</dt><dd><a href="#/runs/${model.lineage.run}">curves and result</a></dd>
    <dt>table</dt><dd><bw-learnt-from .table=${model.lineage.dataset}></bw-learnt-from></dd>
    <dt>data hash</dt><dd title=${model.lineage.dataset.hash}>${model.lineage.dataset.hash.slice(0, shownOfHash)}…</dd>
    <dt>seed</dt><dd>${model.lineage.seed}</dd>
    <dt>device</dt><dd>${model.lineage.device}</dd>
    ${model.lineage.extractor ? html`<dt>extractor</dt><dd title=${model.lineage.extractor.hash}>${model.lineage.extractor.name}</dd>` : nothing}
    <dt>network</dt><dd>${network(model)}</dd>
    <dt>weights</dt><dd>${bytes(model.weights.bytes)}</dd>
    ${Object.entries(model.lineage.versions).map(([name, version]) => html`<dt>${name}</dt><dd>${version}</dd>`)}
  </dl>
  ${model.pipeline.ignored.length > 0 ? html`<details><summary>${counted(model.pipeline.ignored.length, 'column')} left out</summary><ul class="small">${model.pipeline.ignored.map(({ column, reason }) => html`<li><b>${column}</b> <span class="soft">${reason}</span></li>`)}</ul></details>` : nothing}
</section>`;
