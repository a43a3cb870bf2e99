/** A few rows that are followed while a network learns: pictures as pictures, other rows as a small table, with what it answered at an epoch. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Table } from '../../data/table.js';
import type { FieldType } from '../../spec/field-type.js';
import type { ExampleAnswer, InsightEpoch, RunInsight } from '../../spec/insight.js';
import { figure, percentage } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';
import { cellText } from './cell-text.js';
import { epochAt, placeOfEpoch } from './looked-epoch.js';
import './picture.js';

/** A row's other columns say too little for the room that they take. */
const mostColumns = 4;
const sparkline = { width: 72, height: 20 };

@customElement('bw-followed-examples')
export class FollowedExamples extends LitElement {
  static override styles = [
    base,
    controls,
    tables,
    css`
      :host { display: grid; gap: var(--space-3); }
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: var(--space-3); }
      li { display: grid; gap: 2px; font-size: var(--size-1); align-content: start; overflow-wrap: anywhere; }
      b { font-weight: 600; }
      .right { color: var(--good); }
      .wrong { color: var(--bad); }
      td, tbody th { max-inline-size: 160px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      tbody th { font-weight: 600; color: var(--text); }
      svg { display: block; inline-size: ${sparkline.width}px; block-size: ${sparkline.height}px; }
      polyline { fill: none; stroke: var(--series-1); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
      line { stroke: var(--line-strong); stroke-width: 1; }
      input[type='range'] { inline-size: 100%; accent-color: var(--accent); min-block-size: var(--touch); padding: 0; border: 0; }
    `,
  ];

  @property({ attribute: false }) insight: RunInsight | undefined;
  /** The latest answers, where they are newer than what is kept. */
  @property({ attribute: false }) latest: InsightEpoch | undefined;
  /** A row for each example; undefined where the data are not there any more. */
  @property({ attribute: false }) rows: readonly (Table | undefined)[] = [];
  @property({ attribute: false }) types: ReadonlyMap<string, FieldType> = new Map();
  @property() target = '';
  /** An epoch; left out: the latest. */
  @state() private looked: number | undefined;

  override render() {
    const { insight } = this;
    const epochs = this.#told;
    if (!insight || insight.examples.length === 0 || epochs.length === 0)
      return html`<p class="soft">${insight?.examples.length === 0 ? 'No rows are followed here.' : 'The first answers come with the first epoch.'}</p>`;
    const at = placeOfEpoch(epochs, this.looked);
    const seen = epochs[at];
    const isPictures = this.rows.some((row) => row?.columns.some(({ kind }) => kind === 'picture'));
    return html`${isPictures ? this.#pictures(insight, seen) : this.#table(insight, seen, epochs)}
      ${
        epochs.length > 1
          ? html`<label>Epoch ${seen.epoch} of ${epochs[epochs.length - 1].epoch}<input type="range" min="0" max=${epochs.length - 1} step="1" .value=${String(at)} aria-valuetext="epoch ${seen.epoch}"
              @input=${(event: Event) => {
                this.looked = epochAt(epochs, Number((event.target as HTMLInputElement).value));
              }} /></label>`
          : html`<p class="hint">After epoch ${seen.epoch}.</p>`
      }`;
  }

  /** Epochs whose answers are known, oldest first. */
  get #told(): readonly InsightEpoch[] {
    const kept = this.insight?.epochs ?? [];
    const last = kept[kept.length - 1]?.epoch ?? 0;
    return this.latest && this.latest.epoch > last ? [...kept, this.latest] : kept;
  }

  #pictures({ examples }: RunInsight, { answers }: InsightEpoch) {
    return html`<ul>${examples.map(({ actual }, index) => {
      const column = this.rows[index]?.columns.find((each) => each.kind === 'picture');
      return html`<li>${column?.kind === 'picture' ? html`<bw-picture .column=${column} label="${actual}"></bw-picture>` : nothing}<b>${actual}</b>${this.#answer(answers[index], actual)}</li>`;
    })}</ul>`;
  }

  #table({ examples }: RunInsight, { answers }: InsightEpoch, epochs: readonly InsightEpoch[]) {
    const first = this.rows.find((row) => row !== undefined);
    const names = (first?.names ?? []).filter((name) => name !== this.target).slice(0, mostColumns);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Rows that are followed"><table>
      <thead><tr><th scope="col">${this.target || 'True'}</th><th scope="col">Answer</th><th scope="col">Over epochs</th>${names.map((name) => html`<th scope="col" title=${name}>${name}</th>`)}</tr></thead>
      <tbody>${examples.map(
        (
          { actual },
          index,
        ) => html`<tr><th scope="row" title=${actual}>${typeof actual === 'number' ? figure(actual) : actual}</th><td>${this.#answer(answers[index], actual)}</td>
          <td>${this.#line(index, epochs, actual)}</td>${names.map((name) => this.#cell(index, name))}</tr>`,
      )}</tbody></table></div>`;
  }

  #cell(index: number, name: string) {
    const row = this.rows[index];
    const column = row?.columns[row.names.indexOf(name)];
    const text = column ? cellText(column, 0, this.types.get(name)) : undefined;
    return text === undefined ? html`<td class="soft">missing</td>` : html`<td title=${text.slice(0, 400)}>${text.slice(0, 80)}</td>`;
  }

  #answer(given: ExampleAnswer | undefined, actual: string | number) {
    if (!given) return html`<span class="soft">–</span>`;
    const { answer, probability } = given;
    if (probability === undefined) return html`<span class="figures">${figure(answer)}</span>`;
    const name = this.insight?.classes?.[answer] ?? String(answer);
    return name === actual
      ? html`<span class="right">✓ right, ${percentage(probability)}</span>`
      : html`<span class="wrong">✗ ${name}, ${percentage(probability)}</span>`;
  }

  /** Of classes the probability of the true one, from 0 to 1; of values the answer, with a line at what is true. */
  #line(index: number, epochs: readonly InsightEpoch[], actual: string | number) {
    const values = epochs.map(({ answers }) => answers[index]?.ofTruth ?? answers[index]?.answer ?? 0);
    const ends = typeof actual === 'number' ? [...values, actual] : [0, 1];
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const y = (value: number): number => (sparkline.height - 2) * (1 - (value - least) / (most - least || 1)) + 1;
    const points = values
      .map((value, at) => `${((at * sparkline.width) / Math.max(1, values.length - 1)).toFixed(1)},${y(value).toFixed(1)}`)
      .join(' ');
    return html`<svg viewBox="0 0 ${sparkline.width} ${sparkline.height}" preserveAspectRatio="none" aria-hidden="true">
      ${typeof actual === 'number' ? svg`<line x1="0" x2=${sparkline.width} y1=${y(actual)} y2=${y(actual)} stroke-dasharray="3 3" />` : nothing}
      <polyline points=${points} /></svg>`;
  }
}
