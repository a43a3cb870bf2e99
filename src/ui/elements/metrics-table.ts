/** Every figure of a result, beside the same figures of what it is compared with. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Metrics } from '../../spec/metrics.js';
import type { Task } from '../../spec/task.js';
import { figure, score } from '../format.js';
import { base } from '../styles/base.js';
import { tables } from '../styles/tables.js';
import { metricWords } from '../words.js';

export interface MetricsColumn {
  title: string;
  metrics: Metrics;
}

@customElement('bw-metrics-table')
export class MetricsTable extends LitElement {
  static override styles = [
    base,
    tables,
    css`
    th[scope='row'] { color: var(--text); min-inline-size: 150px; }
    th small { display: block; color: var(--text-soft); font-size: var(--size-1); font-weight: 400; }
    thead th { vertical-align: bottom; }
    td.first { font-weight: 600; }
  `,
  ];

  @property() task: Task = 'classification';
  @property({ attribute: false }) columns: readonly MetricsColumn[] = [];
  @property() caption = '';
  /** Without the explanations. */
  @property({ type: Boolean }) compact = false;

  override render() {
    const shown = (value: number | null | undefined, inUnits: boolean): string =>
      inUnits && value !== null && value !== undefined ? figure(value) : score(value);
    const metricOf = (metrics: Metrics, name: string): number | null | undefined =>
      new Map<string, number | null>(Object.entries(metrics)).get(name);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.caption || 'Metrics'}><table>
      ${this.caption ? html`<caption>${this.caption}</caption>` : nothing}
      <thead><tr><th scope="col">Figure</th>${this.columns.map(({ title }) => html`<th scope="col" class="number">${title}</th>`)}</tr></thead>
      <tbody>${metricWords(this.task).map(
        ({ name, title, explanation, better, inUnits = false }) => html`<tr>
          <th scope="row" title=${explanation}>${title}${this.compact ? nothing : html`<small>${explanation}; ${better} is better</small>`}</th>
          ${this.columns.map(({ metrics }, index) => html`<td class="number ${index === 0 ? 'first' : ''}">${shown(metricOf(metrics, name), inUnits)}</td>`)}
        </tr>`,
      )}</tbody>
    </table></div>`;
  }
}
