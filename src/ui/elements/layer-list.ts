/**
 * The layers of a network in order, each with what it gives and costs and with its settings; added, removed, moved. What is wrong stands at the
 * layer. Says `bw-layers` with the new list.
 */
import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { inputName } from '../../spec/layer.js';
import { fieldsOf, type LayerKind, layerKinds } from '../../spec/layer-fields.js';
import { emit } from '../events.js';
import { bytes, count } from '../format.js';
import { type EditedLayer, moved, summaryOf, withName, withNew, withoutLayer, withSetting } from '../layers/edit-layers.js';
import type { LayerRow } from '../layers/layer-rows.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { icon } from './icon.js';
import { layerListStyles } from './layer-list-styles.js';
import { layerSetting, type Readable } from './layer-setting.js';

/** An unnamed layer in a list to choose from: it is given a name when it is chosen. */
const unnamed = '#';

@customElement('bw-layer-list')
export class LayerList extends LitElement {
  static override styles = [base, controls, layout, layerListStyles];

  /** Those that are edited. */
  @property({ attribute: false }) layers: readonly EditedLayer[] = [];
  /** All of the network, with those that are added to them. */
  @property({ attribute: false }) rows: readonly LayerRow[] = [];
  @state() private said = '';
  @state() private kind: LayerKind = 'dense';
  @state() private place = '';
  /** The places of those whose settings are in sight. */
  #open = new Set<number>();

  #change(layers: readonly EditedLayer[], said: string): void {
    this.said = said;
    emit<EditedLayer[]>(this, 'bw-layers', [...layers]);
  }

  /** Once the list is drawn anew; the panel hands it in, which takes an update of its own. */
  async #focus(selector: string): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #add(): void {
    const place = this.place === '' ? this.layers.length : Math.min(Number(this.place), this.layers.length);
    this.#open = new Set([...this.#open].map((each) => (each >= place ? each + 1 : each)).concat(place));
    this.#change(withNew(this.layers, this.kind, place), `Added ${this.kind} at place ${place + 1} of ${this.layers.length + 1}.`);
    this.place = '';
    void this.#focus(`[data-own="${place}"] summary`);
  }

  #remove(place: number): void {
    const { kind } = this.layers[place];
    this.#open = new Set([...this.#open].filter((each) => each !== place).map((each) => (each > place ? each - 1 : each)));
    const left = this.layers.length - 1;
    this.#change(withoutLayer(this.layers, place), `Removed ${kind}. ${left} left.`);
    void this.#focus(left > 0 ? `[data-own="${Math.min(place, left - 1)}"] .remove` : '.add');
  }

  /** @param focused what of the layer has the focus afterwards */
  #move(from: number, to: number, focused: string): void {
    if (to < 0 || to >= this.layers.length) return;
    const wasOpen = [this.#open.has(from), this.#open.has(to)];
    for (const [index, place] of [to, from].entries()) {
      if (wasOpen[index]) this.#open.add(place);
      else this.#open.delete(place);
    }
    this.#change(moved(this.layers, from, to), `Moved ${this.layers[from].kind} to place ${to + 1} of ${this.layers.length}.`);
    void this.#focus(`[data-own="${to}"] ${focused}`);
  }

  #key(event: KeyboardEvent, place: number): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    this.#move(place, place + (event.key === 'ArrowUp' ? -1 : 1), 'summary');
  }

  #set(place: number, name: string, value: unknown): void {
    const { layers } = this;
    const named = (each: unknown, list: readonly EditedLayer[]): readonly [readonly EditedLayer[], unknown] =>
      typeof each === 'string' && each.startsWith(unnamed) ? withName(list, Number(each.slice(1))) : [list, each];
    let changed: readonly EditedLayer[] = layers;
    let chosen = value;
    if (Array.isArray(value)) {
      chosen = value.map((each) => {
        const [list, own] = named(each, changed);
        changed = list;
        return own;
      });
    } else [changed, chosen] = named(value, changed);
    this.#change(withSetting(changed, place, name, chosen), '');
  }

  #readable(place: number): Readable[] {
    const earlier = this.layers.slice(0, place).map((layer, index): Readable => {
      const { name, kind } = layer;
      return typeof name === 'string'
        ? { value: name, title: `${name} (${kind})` }
        : { value: `${unnamed}${index}`, title: `${kind} ${summaryOf(layer)}` };
    });
    // Those that stand before one's own have names of their own.
    const given = this.rows.flatMap(({ own, layer }) =>
      own === undefined && typeof layer.name === 'string' ? [{ value: layer.name, title: `${layer.name} (${layer.kind})` }] : [],
    );
    return [...earlier.toReversed(), ...given, { value: inputName, title: 'the input' }];
  }

  #figures({ description, problems }: LayerRow) {
    if (!description) return html`<p class="figures soft">${problems.length > 0 ? '–' : 'waits for the layers before'}</p>`;
    const { outputShape, parameters, activationBytes, multiplyAdds } = description;
    return html`<dl class="figures"><div><dt>gives</dt><dd>${outputShape.join(' × ')}</dd></div><div><dt>parameters</dt><dd>${parameters === 0 ? '–' : count(parameters)}</dd></div>
      <div><dt>memory</dt><dd>${activationBytes === 0 ? '–' : bytes(activationBytes)}</dd></div><div><dt>multiply-adds</dt><dd>${multiplyAdds === 0 ? '–' : count(multiplyAdds)}</dd></div></dl>`;
  }

  #problems({ problems }: LayerRow) {
    return problems.map(
      ({ message, advice }) => html`<p class="hint bad problem" role="alert">${icon('bad')} <span>${message} ${advice}</span></p>`,
    );
  }

  #row(row: LayerRow, index: number) {
    const { layer, own } = row;
    const title = `layer ${index + 1}, ${layer.kind}`;
    if (own === undefined) {
      const why = index === this.rows.length - 1 ? 'added by the task' : 'added for what the data gives';
      return html`<li class="fixed"><div class="head"><p class="name"><span class="number figures">${index + 1}</span> <b>${layer.kind}</b> <span class="soft">${summaryOf(layer)}</span> <span class="chip">${why}</span></p></div>${this.#figures(row)}${this.#problems(row)}</li>`;
    }
    const last = this.layers.length - 1;
    return html`<li data-own=${own} class=${row.problems.length > 0 ? 'wrong' : ''} @keydown=${(event: KeyboardEvent) => this.#key(event, own)}>
      <div class="head"><details .open=${this.#open.has(own)} @toggle=${(event: Event) => {
        if ((event.target as HTMLDetailsElement).open) this.#open.add(own);
        else this.#open.delete(own);
      }}><summary><span class="number figures">${index + 1}</span> <b>${layer.kind}</b> <span class="soft words">${summaryOf(layer)}${typeof layer.name === 'string' ? ` “${layer.name}”` : ''}</span></summary>
        <div class="settings">${fieldsOf(layer.kind).map((field) =>
          layerSetting({
            field,
            value: layer[field.name],
            readable: this.#readable(own),
            change: (value) => this.#set(own, field.name, value),
          }),
        )}</div></details>
      <span class="actions"><button type="button" class="quiet icon-only up" aria-label=${`Move ${title}, up`} ?disabled=${own === 0} @click=${() => this.#move(own, own - 1, own === 1 ? '.down' : '.up')}>↑</button>
        <button type="button" class="quiet icon-only down" aria-label=${`Move ${title}, down`} ?disabled=${own === last} @click=${() => this.#move(own, own + 1, own + 1 === last ? '.up' : '.down')}>↓</button>
        <button type="button" class="quiet icon-only remove" aria-label=${`Remove ${title}`} @click=${() => this.#remove(own)}>${icon('remove')}</button></span></div>
      ${this.#figures(row)}${this.#problems(row)}</li>`;
  }

  override render() {
    return html`<ol aria-label="Layers">${this.rows.map((row, index) => this.#row(row, index))}</ol>
      <form class="adding" @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        this.#add();
      }}><label>Kind<select @change=${(event: Event) => {
        this.kind = (event.target as HTMLSelectElement).value as LayerKind;
      }}>${layerKinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${kind}</option>`)}</select></label>
        <label>Where<select @change=${(event: Event) => {
          this.place = (event.target as HTMLSelectElement).value;
        }}><option value="" ?selected=${this.place === ''}>after all of yours</option>${this.layers.map((layer, index) => html`<option value=${index} ?selected=${this.place === String(index)}>before ${layer.kind} ${summaryOf(layer)}</option>`)}</select></label>
        <button class="add">Add a layer</button></form>
      <p class="hint">Alt and an arrow key move the layer that has the focus.</p>
      <p class="visually-hidden" role="status">${this.said}</p>`;
  }
}
