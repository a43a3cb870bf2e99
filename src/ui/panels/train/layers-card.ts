/** Whether a preset decides the network, or layers of one's own. */
import { html, type TemplateResult } from 'lit';
import { counted } from '../../format.js';
import { readLayers } from '../layers/layers-draft.js';

export function layersCard(dataset: string, target: string, reset: () => void): TemplateResult {
  const own = readLayers(dataset, target);
  return html`<section class="card small" aria-labelledby="own-layers"><h2 id="own-layers">Layers</h2>
    <p>${own ? `Your own: ${counted(own.layers.length, 'layer')}, and the last, which the task adds. They go before the choice of a model.` : 'A preset decides the network.'}</p>
    <div class="row"><a class="button" href=${`#/layers/${dataset}/${encodeURIComponent(target)}`}>${own ? 'Change the layers' : 'Layers of your own'}</a>
      ${own ? html`<button type="button" class="quiet" @click=${reset}>A preset again</button>` : ''}</div></section>`;
}
