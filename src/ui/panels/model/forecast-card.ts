/** What comes after the last row that the model knows: a picture, the figures, and a CSV. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { csvLine, shortNumber } from '../../../data/export/csv-cell.js';
import type { ForecastRow } from '../../../infer/forecaster.js';
import type { Models } from '../../../infer/models.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { modelsContext } from '../../contexts/services.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { figure } from '../../format.js';
import { isCancelled } from '../../problem.js';
import { saveAs } from '../../save-as.js';
import { tables } from '../../styles/tables.js';
import { timeWords } from '../../time-words.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/line-chart.js';
import '../../elements/progress-line.js';

@customElement('bw-forecast-card')
export class ForecastCard extends LitElement {
  static override styles = [...panelStyles, tables, css`form.row { align-items: end; } section > button { justify-self: start; }`];

  @property({ attribute: false }) model!: ModelRecord;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @state() private rows: readonly ForecastRow[] | undefined;
  @state() private problem: unknown;
  @state() private busy = false;
  #asking: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  get #horizon(): number {
    const { target } = this.model.pipeline;
    return target.kind === 'series' ? target.horizon : 1;
  }

  get #areDates(): boolean {
    return this.model.fields.find(({ name }) => name === this.model.pipeline.windows?.time)?.type === 'datetime';
  }

  async #tell(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const horizon = Number(new FormData(event.currentTarget as HTMLFormElement).get('horizon'));
    this.busy = true;
    this.problem = undefined;
    this.#asking = new AbortController();
    try {
      this.rows = await this.models.forecast(this.model.id, { horizon }, this.#asking.signal);
    } catch (thrown) {
      this.rows = undefined;
      if (!isCancelled(thrown)) this.problem = thrown;
    } finally {
      this.busy = false;
    }
  }

  #save(rows: readonly ForecastRow[]): void {
    const { windows } = this.model.pipeline;
    const group = windows?.group;
    const head = csvLine([...(group === undefined ? [] : [group]), windows?.time ?? 'time', 'step', 'prediction']);
    const lines = rows.map(({ series, time, step, prediction }) =>
      csvLine([...(group === undefined ? [] : [series ?? '']), timeWords(time, this.#areDates), String(step), shortNumber(prediction)]),
    );
    saveAs(new Blob([head, ...lines], { type: 'text/csv' }), `${this.model.name}-forecast.csv`);
  }

  override render() {
    return html`<section class="card" aria-labelledby="next"><h2 id="next">What comes next</h2>
      <form class="row" @submit=${this.#tell}>
        <label>Rows ahead<input name="horizon" type="number" inputmode="numeric" min="1" max="1000" step="1" value=${this.#horizon} required /></label>
        <button class="primary" ?disabled=${this.busy}>${icon('play')} Tell</button>
      </form>
      ${this.busy ? html`<bw-progress-line label="Telling the rows to come"></bw-progress-line>` : nothing}
      ${this.problem ? problemNotice(this.problem) : nothing}
      <p class="hint" role="status">${this.rows ? this.#inWords(this.rows) : `After the last row that it has learnt from. For rows after those of a file, predict the file: its last rows may have no ${this.model.target} yet.`}</p>
      ${this.rows && this.rows.length > 0 ? this.#told(this.rows) : nothing}
    </section>`;
  }

  /** Of the first series, which is the one that is drawn. */
  #inWords(rows: readonly ForecastRow[]): string {
    const [first, last] = [rows[0], firstSeries(rows).at(-1)];
    if (!first || !last) return 'The model keeps no rows to go on from: predict a file instead.';
    const of = first.series ? ` of ${first.series}` : '';
    return `${this.model.target}${of} from ${timeWords(first.time, this.#areDates)} to ${timeWords(last.time, this.#areDates)}: ${figure(first.prediction)} to ${figure(last.prediction)}.`;
  }

  #told(rows: readonly ForecastRow[]) {
    const first = firstSeries(rows);
    return html`
      <bw-line-chart .x=${first.map(({ step }) => step)} .label=${this.#inWords(rows)} .series=${[{ name: 'forecast', values: first.map(({ prediction }) => prediction), color: '--series-2' }]}></bw-line-chart>
      <div class="scroll" tabindex="0" role="region" aria-label="Rows to come"><table>
        <thead><tr>${first[0].series === undefined ? nothing : html`<th scope="col">${this.model.pipeline.windows?.group}</th>`}<th scope="col">${this.model.pipeline.windows?.time}</th><th scope="col" class="number">${this.model.target}</th></tr></thead>
        <tbody>${rows
          .slice(0, 100)
          .map(
            ({ series, time, prediction }) =>
              html`<tr>${series === undefined ? nothing : html`<td>${series}</td>`}<td>${timeWords(time, this.#areDates)}</td><td class="number">${figure(prediction)}</td></tr>`,
          )}</tbody>
      </table></div>
      <button type="button" @click=${() => this.#save(rows)}>${icon('download')} Download the CSV</button>`;
  }
}

const firstSeries = (rows: readonly ForecastRow[]): readonly ForecastRow[] => rows.filter(({ series }) => series === rows[0]?.series);
