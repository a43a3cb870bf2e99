/**
 * How each tensor's numbers are spread, epoch by epoch: a heat map for each over one axis of epochs and one of magnitudes with their sign. The
 * arrow keys go from epoch to epoch; a table beside it holds the figures of the epoch that is looked at.
 */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { InsightEpoch, InsightTensor, RunInsight } from '../../spec/insight.js';
import { count, counted, figure, percentage } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';
import { customProperties } from './custom-properties.js';
import { epochAt, placeOfEpoch } from './looked-epoch.js';
import { type SpreadKind, spreadRows, tensorTitle } from './spread-rows.js';
import './heat-map.js';

/** More maps are there on demand. */
const mostMaps = 12;
/** Of a layer's units, so many without a gradient are worth a word. */
const manySilent = 0.5;

@customElement('bw-tensor-spread')
export class TensorSpread extends LitElement {
  static override styles = [
    base,
    controls,
    tables,
    css`
      :host { display: grid; gap: var(--space-3); }
      .choice { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); border: 0; padding: 0; margin: 0; }
      .choice label { display: inline-flex; align-items: center; gap: 6px; color: var(--text); min-block-size: 28px; }
      .maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(210px, 100%), 1fr)); gap: var(--space-3) var(--space-4); border-radius: var(--radius-small); }
      figure { display: grid; gap: 2px; min-inline-size: 0; }
      figcaption { display: grid; font-size: var(--size-1); color: var(--text-soft); }
      figcaption b { color: var(--text); font-weight: 600; }
      .plot { display: grid; grid-template-columns: 46px minmax(0, 1fr); }
      .scale { position: relative; font: 11px var(--font-figures); color: var(--text-soft); }
      .scale span { position: absolute; inset-block-start: var(--at); inset-inline-end: 6px; transform: translateY(-50%); white-space: nowrap; }
      .scale span:first-child { transform: none; }
      .scale span:last-child { transform: translateY(-100%); }
      .map { position: relative; block-size: 104px; }
      .map i { position: absolute; inset-block: 0; inset-inline-start: var(--from); inline-size: max(2px, var(--width)); outline: 1px solid var(--text); pointer-events: none; }
      th[scope='row'] { color: var(--text); white-space: nowrap; }
    `,
  ];

  @property({ attribute: false }) insight: RunInsight | undefined;
  @state() private kind: SpreadKind = 'weights';
  /** An epoch; left out: the latest. */
  @state() private looked: number | undefined;
  @state() private all = false;

  get #epochs(): readonly InsightEpoch[] {
    return (this.insight?.epochs ?? []).filter(({ weights }) => weights !== undefined);
  }

  #key(event: KeyboardEvent, epochs: readonly InsightEpoch[], at: number): void {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
    const last = epochs.length - 1;
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? last : event.key in steps ? at + steps[event.key] : -1;
    if (next < 0 && !(event.key in steps)) return;
    event.preventDefault();
    this.looked = epochAt(epochs, Math.min(last, Math.max(0, next)));
  }

  override render() {
    const epochs = this.#epochs;
    const { insight } = this;
    if (!insight || epochs.length === 0)
      return html`<p class="soft">Nothing was seen yet: the first look is when the first epoch ends.</p>`;
    const at = placeOfEpoch(epochs, this.looked);
    const rows = spreadRows(epochs, this.kind);
    const shown = this.all ? insight.tensors : insight.tensors.slice(0, mostMaps);
    const { epoch } = epochs[at];
    return html`<fieldset class="choice"><legend class="visually-hidden">What is shown</legend>${(['weights', 'gradients'] as const).map(
      (kind) =>
        html`<label><input type="radio" name="kind" .checked=${kind === this.kind} @change=${() => {
          this.kind = kind;
        }} />${kind === 'weights' ? 'Weights' : 'Gradients'}</label>`,
    )}</fieldset>
      <div class="maps" tabindex="0" role="group" aria-roledescription="heat maps" aria-label="${this.kind === 'weights' ? 'Weights' : 'Gradients'} of ${counted(insight.tensors.length, 'tensor')} over ${counted(epochs.length, 'epoch')}; arrow keys go from epoch to epoch, and the table below says the figures" @keydown=${(
        event: KeyboardEvent,
      ) => this.#key(event, epochs, at)}>
        ${shown.map((tensor, index) => this.#map(tensor, index, epochs, at, rows))}
      </div>
      ${insight.tensors.length > shown.length ? html`<div><button type="button" class="quiet" @click=${() => this.#showAll()}>Show all ${count(insight.tensors.length)} tensors</button></div>` : nothing}
      <p class="hint">Left to right: epochs. Up and down from 0: larger numbers, each step twice the one before; the middle is what is smaller than ${figure(rows.smallest)}. The fuller the colour, the more.</p>
      ${this.#silent(insight, epochs[at])}
      <p class="visually-hidden" role="status">Epoch ${epoch}.</p>
      <details><summary>Figures of epoch ${epoch}</summary>${this.#table(insight, epochs[at])}</details>`;
  }

  #showAll(): void {
    this.all = true;
  }

  #map(tensor: InsightTensor, index: number, epochs: readonly InsightEpoch[], at: number, rows: ReturnType<typeof spreadRows>) {
    const spread = epochs[at][this.kind]?.[index];
    const share = (part: number): string => `${((100 * part) / epochs.length).toFixed(2)}%`;
    return html`<figure>
      <figcaption><b>${tensorTitle(tensor)}</b><span>${tensor.shape.join(' × ')}${spread ? ` · norm ${spread.norm === null ? 'not finite' : figure(spread.norm)}` : ''}</span></figcaption>
      <div class="plot" aria-hidden="true"><div class="scale">${rows.marks.map(({ at: place, text }) => html`<span ${customProperties({ '--at': `${100 * place}%` })}>${text}</span>`)}</div>
        <div class="map"><bw-heat-map .columns=${rows.columnsOf(index)} color=${this.kind === 'weights' ? '--series-1' : '--series-2'}></bw-heat-map><i ${customProperties({ '--from': share(at), '--width': share(1) })}></i></div></div>
    </figure>`;
  }

  #silent({ tensors }: RunInsight, { gradients, epoch }: InsightEpoch) {
    const silent = tensors.filter(({ role }, index) => role === 'bias' && (gradients?.[index].zeros ?? 0) >= manySilent);
    if (silent.length === 0) return nothing;
    const shares = silent
      .map((tensor) => `${percentage(gradients?.[tensors.indexOf(tensor)].zeros ?? 0)} in layer ${tensor.layer + 1}`)
      .join(', ');
    return html`<p class="hint warn">Units that learnt nothing from the last step of epoch ${epoch}: ${shares}. Where it stays so they are dead: a smaller learning rate or another activation keeps them alive.</p>`;
  }

  #table({ tensors }: RunInsight, { weights = [], gradients, epoch }: InsightEpoch) {
    const norm = (value: number | null | undefined): string => (value === undefined ? '–' : value === null ? 'not finite' : figure(value));
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Figures of the tensors"><table>
      <caption class="visually-hidden">Weights and gradients after epoch ${epoch}</caption>
      <thead><tr><th scope="col">Tensor</th><th scope="col" class="number">Numbers</th><th scope="col" class="number">Norm of weights</th><th scope="col" class="number">Norm of gradients</th>
        <th scope="col" class="number">Weights 0</th><th scope="col" class="number">Gradients 0</th></tr></thead>
      <tbody>${tensors.map(
        (tensor, index) => html`<tr><th scope="row">${tensorTitle(tensor)}</th><td class="number">${count(tensor.size)}</td>
        <td class="number">${norm(weights[index]?.norm)}</td><td class="number">${norm(gradients?.[index].norm)}</td>
        <td class="number">${percentage(weights[index]?.zeros ?? 0)}</td><td class="number">${gradients ? percentage(gradients[index].zeros) : '–'}</td></tr>`,
      )}</tbody></table></div>`;
  }
}
