/** Every run with what finds it: search, columns, groups, order, and those picked to be compared. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunRecord } from '../../../spec/run.js';
import { counted } from '../../format.js';
import { columnsOf, type RunColumn, usualColumns } from '../../runs/columns.js';
import { type Grouping, grouped, groupings, inOrder, matching, type Order, searchOf } from '../../runs/find.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/runs-table.js';

/** More curves in one picture tell nothing. */
const mostCompared = 8;

const groupWords: Record<Grouping, string> = {
  data: 'data',
  target: 'target',
  model: 'model',
  state: 'state',
  tags: 'tag',
  sweep: 'sweep',
};
const kindWords: Record<RunColumn['kind'], string> = { about: 'About', setting: 'Settings', metric: 'Figures' };

/** What was chosen stays while the page is open. */
const chosen: { columns: string[] | undefined; order: Order | undefined; grouping: Grouping | undefined; search: string } = {
  columns: undefined,
  order: undefined,
  grouping: undefined,
  search: '',
};

@customElement('bw-runs-browser')
export class RunsBrowser extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .tools { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-3); align-items: end; }
      .search { flex: 1 1 240px; }
      .tools select { max-inline-size: 190px; }
      .columns { display: grid; gap: var(--space-3); padding-block: var(--space-2); }
      fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); }
      legend { font-size: var(--size-1); color: var(--text-soft); padding: 0; }
      fieldset label { display: inline-flex; align-items: center; gap: 6px; min-block-size: 28px; color: var(--text); }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunRecord[] = [];
  @property({ attribute: false }) live: ReadonlySet<string> = new Set();
  @state() private picked: ReadonlySet<string> = new Set();

  #pick(id: string): void {
    const picked = new Set(this.picked);
    if (!picked.delete(id)) picked.add(id);
    this.picked = picked;
  }

  /** The first click gives the end that one looks for: the largest of figures, the first of words. */
  #sort(key: string, columns: readonly RunColumn[]): void {
    const isNumber = columns.find((column) => column.key === key)?.isNumber ?? false;
    const { order } = chosen;
    if (order?.key !== key) chosen.order = { key, descending: isNumber };
    else if (order.descending === isNumber) chosen.order = { key, descending: !isNumber };
    else chosen.order = undefined;
    this.requestUpdate();
  }

  #show(key: string, shown: readonly string[], columns: readonly RunColumn[]): void {
    chosen.columns = columns.map((column) => column.key).filter((each) => (each === key) !== shown.includes(each));
    this.requestUpdate();
  }

  override render() {
    const columns = columnsOf(this.runs);
    const keys = chosen.columns ?? usualColumns(this.runs);
    const shown = keys.flatMap((key) => columns.filter((column) => column.key === key));
    const search = searchOf(chosen.search, columns);
    const found = inOrder(matching(this.runs, search), chosen.order, columns);
    const ids = this.runs.filter(({ id }) => this.picked.has(id)).map(({ id }) => id);
    return html`<div class="tools">
        <label class="search">Find<input type="search" .value=${chosen.search} placeholder="words, or accuracy>0.9" @input=${(
          event: Event,
        ) => {
          chosen.search = (event.target as HTMLInputElement).value;
          this.requestUpdate();
        }} /></label>
        <label>Group by<select @change=${(event: Event) => {
          chosen.grouping = ((event.target as HTMLSelectElement).value || undefined) as Grouping | undefined;
          this.requestUpdate();
        }}><option value="">nothing</option>${groupings.map((each) => html`<option value=${each} ?selected=${each === chosen.grouping}>${groupWords[each]}</option>`)}</select></label>
        <label>Order by<select @change=${(event: Event) => {
          const key = (event.target as HTMLSelectElement).value;
          chosen.order = key ? { key, descending: columns.find((column) => column.key === key)?.isNumber ?? false } : undefined;
          this.requestUpdate();
        }}><option value="" ?selected=${!chosen.order}>newest first</option>${columns.map(({ key, title }) => html`<option value=${key} ?selected=${key === chosen.order?.key}>${title}</option>`)}</select></label>
        ${this.#compare(ids)}
      </div>
      ${search.unknown.length > 0 ? html`<p class="hint warn" role="status">There is no column “${search.unknown[0]}”. Columns are ${columns.map(({ key }) => key).join(', ')}.</p>` : nothing}
      <details><summary>Columns</summary><div class="columns">${(['about', 'setting', 'metric'] as const).map((kind) => this.#choices(kind, columns, keys))}</div></details>
      ${
        found.length > 0
          ? html`<bw-runs-table .runs=${found} .groups=${chosen.grouping ? grouped(found, chosen.grouping, columns) : undefined} .columns=${shown} .order=${chosen.order}
              .live=${this.live} .picked=${this.picked} @bw-sort=${(event: CustomEvent<string>) => this.#sort(event.detail, columns)}
              @bw-pick=${(event: CustomEvent<string>) => this.#pick(event.detail)}></bw-runs-table>`
          : html`<p class="soft">None of ${counted(this.runs.length, 'run')} is like that.</p>`
      }
      <p class="visually-hidden" role="status">${counted(found.length, 'run')} shown.</p>`;
  }

  #compare(ids: readonly string[]) {
    if (ids.length === 0) return html`<span class="hint">Tick runs to compare them.</span>`;
    if (ids.length < 2 || ids.length > mostCompared)
      return html`<button type="button" disabled>Compare</button><span class="hint">${ids.length < 2 ? 'Tick one more.' : `${mostCompared} at most.`}</span>`;
    return html`<a class="button primary" href=${`#/compare/${ids.join(',')}`}>Compare ${ids.length} runs</a>`;
  }

  #choices(kind: RunColumn['kind'], columns: readonly RunColumn[], keys: readonly string[]) {
    return html`<fieldset><legend>${kindWords[kind]}</legend>${columns
      .filter((column) => column.kind === kind)
      .map(
        ({ key, title }) =>
          html`<label><input type="checkbox" .checked=${keys.includes(key)} @change=${() => this.#show(key, keys, columns)} />${title}</label>`,
      )}</fieldset>`;
  }
}
