/** What the network as a whole keeps and computes, for a batch that one chooses. */
import { html, type TemplateResult } from 'lit';
import type { ModelTotals } from '../../../compute/plan/inspect.js';
import { bytes, count } from '../../format.js';

export function costCard(totals: ModelTotals | undefined, batchSize: number, setBatchSize: (size: number) => void): TemplateResult {
  return html`<section class="card" aria-labelledby="cost"><h2 id="cost">What it takes</h2>
    ${totals ? figuresOf(totals) : html`<p class="soft">Told once the layers go together.</p>`}
    <label>Rows of a step (batch size)<input type="number" inputmode="numeric" min="1" max="65536" step="1" .value=${String(batchSize)} @change=${(
      event: Event,
    ) => {
      const input = event.target as HTMLInputElement;
      if (input.value !== '' && input.reportValidity()) setBatchSize(Number(input.value));
    }} /></label></section>`;
}

function figuresOf({ parameters, multiplyAdds, bytes: memory }: ModelTotals): TemplateResult {
  return html`<div class="totals"><p class="figure">${count(parameters)}<small>parameters</small></p>
      <p class="figure">${bytes(memory.all)}<small>memory while training</small></p>
      <p class="figure">${count(multiplyAdds)}<small>multiply-adds an example, forward</small></p></div>
    <dl class="facts"><dt>Weights</dt><dd>${bytes(memory.weights)}</dd><dt>Gradients</dt><dd>${bytes(memory.gradients)}</dd>
      <dt>Optimizer (Adam)</dt><dd>${bytes(memory.optimizer)}</dd><dt>Activations of the batch</dt><dd>${bytes(memory.activations)}</dd></dl>`;
}
