/** What an ONNX file says of itself. All of it is text from outside, and stays text. */
import { html, nothing, type TemplateResult } from 'lit';
import { shapeWords } from '../../../infer/tensors/check.js';
import type { TensorModelRecord, TensorSpec } from '../../../spec/tensor-model.js';
import { bytes, count, counted } from '../../format.js';

/** Operators and entries at first sight. */
const mostListed = 20;

export const tensorsCard = ({ inputs, outputs }: TensorModelRecord): TemplateResult =>
  html`<section class="card" aria-labelledby="tensors"><h2 id="tensors">What it takes and gives</h2>
    ${tensorList('Inputs', inputs)}${tensorList('Outputs', outputs)}</section>`;

export const tensorList = (title: string, tensors: readonly TensorSpec[]): TemplateResult =>
  html`<h3>${title}</h3><dl class="facts">${tensors.slice(0, mostListed).map((tensor) => html`<dt>${tensor.name}</dt><dd>${shapeWords(tensor)}</dd>`)}</dl>
    ${tensors.length > mostListed ? html`<p class="small soft">and ${counted(tensors.length - mostListed, 'other')}</p>` : nothing}`;

export const graphCard = ({ inspection, size, sha256, source }: TensorModelRecord): TemplateResult =>
  html`<section class="card" aria-labelledby="graph"><h2 id="graph">What is in it</h2>
    <dl class="facts">
      <dt>Parameters</dt><dd>${count(inspection.parameters)}</dd>
      <dt>Nodes</dt><dd>${count(inspection.nodes)}</dd>
      <dt>Size</dt><dd>${bytes(size)}</dd>
      ${inspection.opsets.map(({ domain, version }) => html`<dt>Opset of ${domain || 'ai.onnx'}</dt><dd>${version}</dd>`)}
      <dt>ONNX format</dt><dd>${inspection.irVersion}</dd>
      ${inspection.producer.name ? html`<dt>Written by</dt><dd>${inspection.producer.name} ${inspection.producer.version}</dd>` : nothing}
      ${source.name ? html`<dt>From</dt><dd>${source.name}</dd>` : nothing}
      <dt>SHA-256</dt><dd>${sha256}</dd>
    </dl></section>`;

export const operatorsCard = ({ inspection: { operators } }: TensorModelRecord): TemplateResult =>
  html`<section class="card" aria-labelledby="operators"><h2 id="operators">What it computes</h2>
    <dl class="facts">${operators.slice(0, mostListed).map(({ domain, name, count: times }) => html`<dt>${domain ? `${domain}.` : ''}${name}</dt><dd>${count(times)}</dd>`)}</dl>
    ${operators.length > mostListed ? html`<p class="small soft">and ${counted(operators.length - mostListed, 'other kind')}</p>` : nothing}</section>`;

export const wordsCard = ({ inspection: { metadata, description } }: TensorModelRecord): TemplateResult | typeof nothing =>
  metadata.length === 0 && description === ''
    ? nothing
    : html`<section class="card" aria-labelledby="words"><h2 id="words">What its author says</h2>
      ${description ? html`<p class="words">${description}</p>` : nothing}
      <dl class="facts">${metadata.slice(0, mostListed).map(({ key, value }) => html`<dt>${key}</dt><dd class="words">${value}</dd>`)}</dl></section>`;
